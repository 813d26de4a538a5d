import { RESERVED_SLUGS } from "./schema";

const LONGEST = 48;

/** "Mail room – Köln" → "mail-room-koln"; never empty, never one of the product's own addresses. */
export function projectSlug(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/g, "");
  if (plain === "") return "project-1";
  return RESERVED_SLUGS.has(plain) ? `${plain}-1` : plain;
}

/** The slug itself, then "-2", "-3" … */
export function numberedSlug(slug: string, number: number): string {
  return number === 1 ? slug : `${slug}-${number}`;
}
