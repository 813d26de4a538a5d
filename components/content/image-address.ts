import { mayBeImage } from "./may-be-image";

/** A picture somewhere in the web. */
export interface ImageAddress {
  /** As it was read, so that what was looked at is what is loaded. */
  href: string;
  host: string;
  /** The file's name. */
  name: string;
}

const PICTURE = /\.(?:png|jpe?g|gif|webp|avif|bmp)$/i;

/**
 * The picture that a whole text names: an https address at the usual port, without a password in it, that ends like a picture's, or that
 * stands where a picture is `meant`. Null for everything else, data addresses too.
 */
export function imageAddress(text: string, meant = false): ImageAddress | null {
  if (!mayBeImage(text) || !URL.canParse(text)) return null;
  const { protocol, username, password, port, hostname, pathname, href } = new URL(text);
  if (protocol !== "https:" || username !== "" || password !== "" || port !== "") return null;
  if (!meant && !PICTURE.test(pathname)) return null;
  return { href, host: hostname, name: pathname.split("/").at(-1) ?? "" };
}
