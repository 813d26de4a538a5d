/** What was found, and what there is to say about it: the text up to its first full stop before a new sentence, and the rest. */
export function firstSentence(text: string): [first: string, rest?: string] {
  const at = text.search(/[.!?]\s+\p{Lu}/u);
  if (at < 0) return [text];
  return [text.slice(0, at + 1), text.slice(at + 1).trim()];
}
