/** A name in answers for what a person called something, and never one that is taken. */
export function newKey(label: string, taken: Set<string>): string {
  const words =
    label
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "")
      .slice(0, 40) || "answer";
  let key = words;
  for (let count = 2; taken.has(key); count += 1) key = `${words}_${count}`;
  taken.add(key);
  return key;
}
