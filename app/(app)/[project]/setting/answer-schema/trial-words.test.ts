import { expect, test } from "vitest";
import { answerFieldSchema } from "@/lib/review/field-schema";
import type { DryRun } from "@/lib/review/trial-schema";
import { dryRunWords } from "./dry-run-words";
import { readingWords } from "./reading-words";

const RUN: DryRun = {
  looked_at: 388,
  all_looked_at: true,
  compared: 388,
  lacking: [],
  right_before: 350,
  right_after: 362,
  overruled: 0,
  overruled_no_longer: 0,
  changed: 12,
  examples: [],
};

test("a dry run says first how many verdicts would change", () => {
  expect(dryRunWords(RUN)).toEqual({
    main: "With this form 3.1 % of past reviews (12 of 388) would change their verdict.",
    more: [
      "93.3 % of them would be right, instead of 90.2 %; what is reviewed more often is not weighed here.",
    ],
  });
  expect(dryRunWords({ ...RUN, changed: 0, right_after: 350 })).toEqual({
    main: "With this form no past verdict would change (388 reviews compared).",
    more: [],
  });
  expect(dryRunWords({ ...RUN, looked_at: 0, compared: 0 }).main).toContain("no reviews yet");
});

test("and then what stays, what cannot be compared, and what it left out", () => {
  const lacking = [{ key: "tax", label: "Tax", reviews: 100 }];
  const run = { ...RUN, looked_at: 488, all_looked_at: false, lacking, overruled: 5, overruled_no_longer: 4 };
  expect(dryRunWords(run).more.slice(1)).toEqual([
    "5 verdicts were given against the comparison and stay; this form would say the same in 4 of them by itself.",
    "100 reviews cannot be compared, because they do not answer what this form asks: “Tax” (100). Their verdicts stay as they are.",
    "Looked at the newest 488 reviews; older ones were left out.",
  ]);
  expect(dryRunWords({ ...run, compared: 0 }).main).toBe(
    "No past review answers everything that this form asks.",
  );
});

test("what a question finds is said in words, and what finds nothing stands out", () => {
  const named = { key: "x", label: "X", truth_path: "" };
  const field = answerFieldSchema.parse({ ...named, type: "number", output_path: "/total" });
  const reading = { key: "x", found: 100, unreadable: 0, examples: ["1", "2"] };
  expect(readingWords(field, reading, 100)).toEqual({
    text: "/total is there in all of the 100 newest outputs. For example “1”, “2”.",
    warn: false,
  });
  expect(readingWords(field, { ...reading, found: 88 }, 100).text).toContain("has nothing in 12 of");
  expect(readingWords(field, { ...reading, found: 0, examples: [] }, 100)).toEqual({
    text: "/total has nothing in any of the 100 newest outputs.",
    warn: true,
  });
  expect(readingWords(field, { ...reading, unreadable: 3, examples: ["many"] }, 100)).toEqual({
    text: "/total is there in all of the 100 newest outputs. In 3 it is not a number: “many”.",
    warn: true,
  });
  expect(readingWords({ ...field, output_path: "" }, { ...reading, found: 1 }, 1).text).toBe(
    "The whole value is there in the only output. For example “1”, “2”.",
  );
  expect(readingWords(field, reading, 0).warn).toBe(false);
});
