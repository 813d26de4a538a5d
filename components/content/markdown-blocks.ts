import { Lexer, type Token } from "marked";

/** Longer texts are cut at the end of a paragraph until somebody asks for the rest. */
const SHOWN_CHARACTERS = 6_000;

/** The beginning of a long text, up to a blank line where there is one. */
export function markdownStart(text: string): string {
  if (text.length <= SHOWN_CHARACTERS * 1.2) return text;
  const start = text.slice(0, SHOWN_CHARACTERS);
  const end = start.lastIndexOf("\n\n");
  return end > SHOWN_CHARACTERS / 2 ? start.slice(0, end) : start;
}

/** The blocks of a text; null when it is nested so deeply that it is better read as it is. */
export function markdownBlocks(text: string): Token[] | null {
  try {
    return new Lexer({ gfm: true, breaks: true }).lex(text);
  } catch {
    return null;
  }
}
