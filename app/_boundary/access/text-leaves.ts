/** Where texts stand in a JSON value, as JSON Pointers. */
export function stringLeaves(value: unknown, at = ""): string[] {
  if (typeof value === "string") return [at];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    stringLeaves(member, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
}

/** A copy in which `text` stands at the pointer. */
export function withLeaf(value: unknown, pointer: string, text: string): unknown {
  if (pointer === "") return text;
  const [first = "", ...rest] = pointer.slice(1).split("/");
  const key = first.replaceAll("~1", "/").replaceAll("~0", "~");
  const below = rest.length === 0 ? "" : `/${rest.join("/")}`;
  if (Array.isArray(value))
    return value.map((member, at) => (String(at) === key ? withLeaf(member, below, text) : member));
  return { ...Object(value), [key]: withLeaf(Object(value)[key], below, text) };
}
