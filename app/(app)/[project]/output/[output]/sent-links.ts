import { safeAddress } from "@/components/content/safe-link";

interface SentLink {
  name: string;
  address: string;
}

const MOST_LINKS = 10;
const LONGEST_NAME = 40;

/**
 * What a sender gave as `links`, for example the trace in its own system: a text, an object of names and addresses, or a list of either.
 * Only addresses of the web; they are shown whole, so that everybody sees where a press leads.
 */
export function sentLinks(extra: unknown): SentLink[] {
  const links = isObject(extra) ? extra.links : undefined;
  return namedLinks(links)
    .flatMap(([name, value]) => {
      const address = typeof value === "string" ? safeAddress(value) : null;
      if (address === null || address.startsWith("mailto:")) return [];
      return [{ name: name.trim().slice(0, LONGEST_NAME) || "Link", address }];
    })
    .slice(0, MOST_LINKS);
}

function namedLinks(links: unknown): (readonly [string, unknown])[] {
  if (typeof links === "string") return [["Link", links]];
  if (Array.isArray(links)) return links.slice(0, MOST_LINKS).flatMap(listedLinks);
  return isObject(links) ? Object.entries(links) : [];
}

/** In a list an address has its name beside it, in whichever of the usual fields. */
function listedLinks(link: unknown): (readonly [string, unknown])[] {
  if (!isObject(link)) return namedLinks(link);
  const { href, url = href, name, title = name, rel = title } = link;
  return url === undefined ? Object.entries(link) : [[typeof rel === "string" ? rel : "Link", url]];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
