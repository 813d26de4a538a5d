import { setMembers } from "./field-value";
import type { AnswerField } from "./schema";

/**
 * Plausible other sets for what an output names now, written the way it is, the best first: one member exchanged for another option,
 * one left out, one too many, only the first of them, and quite other ones.
 * @param random gives the next number in [0, 1). @param otherMember gives another text for a member of a list
 */
export function wrongSets(
  field: AnswerField,
  right: unknown,
  random: () => number,
  otherMember: (member: string) => string | undefined,
): unknown[] {
  const members = setMembers(field, right);
  if (!members || members.length === 0) return [];
  const at = Math.floor(random() * members.length);
  const unused = (field.options ?? []).map(({ value }) => value).filter((value) => !members.includes(value));
  const from = Math.floor(random() * unused.length);
  const others = [...unused.slice(from), ...unused.slice(0, from)];
  const [other = otherMember(members[at] ?? "")] = others;
  const without = members.filter((_, index) => index !== at);
  return [
    ...(other === undefined ? [] : [members.map((member, index) => (index === at ? other : member))]),
    without,
    ...(other === undefined ? [] : [[...members, other]]),
    members.slice(0, 1),
    others.slice(0, members.length),
  ]
    .filter((wrong) => wrong.length > 0)
    .map((wrong) => writtenLike(right, wrong));
}

function writtenLike(right: unknown, members: readonly string[]): unknown {
  if (Array.isArray(right)) return [...members];
  if (typeof right === "object" && right !== null) {
    const names = [...new Set([...Object.keys(right), ...members])];
    return Object.fromEntries(names.map((name) => [name, members.includes(name)]));
  }
  const separator = /\s*[,;|\n]\s*/.exec(String(right).trim())?.[0] ?? ", ";
  return members.join(separator);
}
