import * as z from "zod";
import { REASONS, type ReasonCode } from "@/lib/quarantine/reason";
import type { InputFlag } from "./wire-schema";

/** As it is stored with an output; an older or newer release may have written it. */
export const storedReasonsSchema = z.array(
  z.object({ code: z.string(), path: z.string(), expected: z.string().optional() }),
);
type StoredReason = z.output<typeof storedReasonsSchema>[number];

/** What is said of one place. Everything else is said of the whole record, or of what the system did with it. */
const OF_ONE_PLACE = /^(FIELD|TYPE|VALUE|FORMAT|TEXT|STRUCT)_/;

/**
 * What a contract found in an input, for whoever judges it: at the place where it was found, in words. Whatever depends on anything
 * but the input is left out, so that it says nothing about the output: also a comparison of the two, and what is unusual as a whole.
 * What was found in the value is left out too: it stands there. `counted`: the codes that flagged the record; the others are noise.
 */
export function inputFlags(reasons: readonly StoredReason[], counted: readonly string[]): InputFlag[] {
  return reasons
    .filter((reason) => counted.includes(reason.code) && isOfInput(reason.path) && restsOnInput(reason))
    .map(({ code, path, expected }) => ({
      path: path.slice("/input".length),
      sentence: flagSentence(code as ReasonCode, expected),
    }));
}

function isOfInput(path: string): boolean {
  return path === "/input" || path.startsWith("/input/");
}

function restsOnInput({ code, expected = "" }: StoredReason): boolean {
  if (!(code in REASONS) || code === "VALUE_UNSEEN_LABEL") return false;
  if (code === "CROSS_ORDER") return expected.startsWith("at most /input/");
  if (code === "CROSS_NULL_GROUP") {
    const listed = /^(.*) are empty together$/.exec(expected)?.[1] ?? "";
    // Of a long list only the beginning is kept: nobody knows what the rest is.
    return !/ and \d+ more$/.test(listed) && listed.split(", ").every(isOfInput);
  }
  return OF_ONE_PLACE.test(code);
}

function flagSentence(code: ReasonCode, expected: string | undefined): string {
  const { sentence } = REASONS[code];
  return expected ? `${sentence.replace(/\.$/, "")}: expected ${expected}.` : sentence;
}
