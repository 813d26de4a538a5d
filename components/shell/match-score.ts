/**
 * How well a text answers what was typed; 0 is not at all. Every typed word must be found; the beginning of the name counts
 * more than the beginning of a word in it, that more than another word for it, and letters in their order count least.
 */
export function matchScore(typed: string, label: string, otherWords = ""): number {
  const asked = wordsOf(typed);
  if (asked.length === 0) return 1;
  const name = label.toLowerCase();
  const scores = asked.map((word) => wordScore(word, name, wordsOf(otherWords)));
  if (scores.some((score) => score === 0)) return 0;
  const whole = name.startsWith(typed.trim().toLowerCase()) ? 1 : 0;
  return whole + scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function wordScore(word: string, name: string, otherWords: readonly string[]): number {
  if (name.startsWith(word)) return 5;
  if (wordsOf(name).some((each) => each.startsWith(word))) return 4;
  if (otherWords.some((each) => each.startsWith(word))) return 3;
  if (word.length > 1 && name.includes(word)) return 2;
  return word.length > 1 && inOrder(word, name) ? 1 : 0;
}

/** "acy" is in "accuracy": the first letter begins a word, the others follow somewhere. */
function inOrder(letters: string, name: string): boolean {
  return wordsOf(name).some((_, at, words) => {
    const rest = words.slice(at).join(" ");
    if (rest[0] !== letters[0]) return false;
    let from = 0;
    for (const letter of letters) {
      from = rest.indexOf(letter, from) + 1;
      if (from === 0) return false;
    }
    return true;
  });
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
