/** A path of our own to go on to; anything that could lead elsewhere is "/". */
export function safePath(wanted: unknown): string {
  if (typeof wanted !== "string" || wanted.length > 1000) return "/";
  // Browsers read a backslash as a slash and drop control characters: "/\evil" and "/<tab>/evil" are "//evil".
  if (!wanted.startsWith("/") || wanted.startsWith("//") || /[\\\u0000-\u001f\u007f]/.test(wanted))
    return "/";
  try {
    const url = new URL(wanted, "http://assay.invalid");
    if (url.origin !== "http://assay.invalid" || url.pathname.startsWith("//")) return "/";
    return `${url.pathname}${url.search}${url.hash}`;
  } catch {
    return "/";
  }
}

/** The same for what next-auth hands over: a path, or an absolute address of our own origin. */
export function safeRedirect(wanted: string, baseUrl: string): string {
  const base = new URL(baseUrl).origin;
  const path = wanted.startsWith(`${base}/`) ? wanted.slice(base.length) : wanted;
  return `${base}${safePath(path)}`;
}
