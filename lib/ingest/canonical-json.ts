/**
 * Canonical JSON (RFC 8785): keys in order of their UTF-16 units, numbers as JavaScript prints them, no spaces. The same value
 * always gives the same text, so its hash tells a re-delivery from a conflict; the text is also what is stored.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "number":
      return value === 0 ? "0" : String(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as Record<string, unknown>);
    default:
      throw new TypeError(`${typeof value} is not a JSON value`);
  }
}

function canonicalArray(items: readonly unknown[]): string {
  let text = "[";
  for (let index = 0; index < items.length; index += 1) {
    text += index === 0 ? canonicalJson(items[index]) : `,${canonicalJson(items[index])}`;
  }
  return `${text}]`;
}

function canonicalObject(value: Record<string, unknown>): string {
  let text = "{";
  for (const key of sortedKeys(value)) {
    text += `${text.length === 1 ? "" : ","}${quotedKey(key)}:${canonicalJson(value[key])}`;
  }
  return `${text}}`;
}

const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

function quoted(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}

const MOST_KEYS = 10_000;
const quotedKeys = new Map<string, string>();

/** Records of a stream share their keys. */
function quotedKey(key: string): string {
  let text = quotedKeys.get(key);
  if (text === undefined) {
    text = quoted(key);
    if (quotedKeys.size >= MOST_KEYS) quotedKeys.clear();
    quotedKeys.set(key, text);
  }
  return text;
}

/** Most senders write the same keys in the same order: sorted ones are not sorted again. */
function sortedKeys(value: Record<string, unknown>): string[] {
  const keys = Object.keys(value);
  for (let index = 1; index < keys.length; index += 1) {
    if ((keys[index - 1] as string) > (keys[index] as string)) return keys.sort();
  }
  return keys;
}

/** A canonical object of members whose values are canonical texts already. */
export function canonicalMembers(members: readonly (readonly [string, string])[]): string {
  const inOrder = [...members].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${inOrder.map(([key, text]) => `${quotedKey(key)}:${text}`).join(",")}}`;
}
