const PATH = /^\/api\/v1\/share\/[^/?]+\/(badge|chart)\.svg(\?|$)/;

/** Whether other sites may show what stands at this address. */
export function isSharedPicture(url: string): boolean {
  return PATH.test(url);
}

/** Shown by any site, kept by nobody without asking again, and able to do nothing when somebody opens it by itself. */
export const SHARED_HEADERS = {
  "cache-control": "public, max-age=0, must-revalidate",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-resource-policy": "cross-origin",
} as const;
