/**
 * The value at an RFC 6901 pointer, or undefined. Own members only: "/constructor" of a plain object is undefined unless it was
 * sent.
 */
export function pointerValue(document: unknown, pointer: string): unknown {
  if (pointer === "") return document;
  let current: unknown = document;
  for (const part of pointer.slice(1).split("/")) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(current)) {
      current = /^(0|[1-9]\d{0,8})$/.test(name) ? current[Number(name)] : undefined;
    } else if (typeof current === "object" && current !== null && Object.hasOwn(current, name)) {
      current = (current as Record<string, unknown>)[name];
    } else {
      return undefined;
    }
  }
  return current;
}

/** The pointer to a member: pointerTo("", "a/b") = "/a~1b" */
export function pointerTo(parent: string, member: string): string {
  return `${parent}/${member.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** A copy of a document with another value at a place that it has; undefined when it has no such place. */
export function withPointerValue(document: unknown, pointer: string, value: unknown): unknown {
  if (pointer === "") return value;
  if (pointerValue(document, pointer) === undefined) return undefined;
  const copy = structuredClone(document);
  const at = pointer.lastIndexOf("/");
  const parent = pointerValue(copy, pointer.slice(0, at)) as Record<string, unknown>;
  parent[
    pointer
      .slice(at + 1)
      .replaceAll("~1", "/")
      .replaceAll("~0", "~")
  ] = value;
  return copy;
}
