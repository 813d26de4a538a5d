import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { expect, test } from "vitest";
import { report } from "@/lib/testing/console";
import { judgeTruth } from "./judge-truth";
import { answerFieldSchema } from "./field-schema";

const DATA = new URL("../../../shared/data/", import.meta.url);
const value = { key: "value", label: "Value" };
const label = answerFieldSchema.parse({
  ...value,
  type: "text",
  output_path: "/label",
  truth_path: "/label",
});
const price = answerFieldSchema.parse({
  ...value,
  type: "number",
  tolerance: { relative: 0.3 },
  output_path: "/priceAud",
  truth_path: "/priceAud",
});

test.each([
  ["bank-marketing", label],
  ["nhtsa-recall-documents", label],
  ["airbnb-listings", price],
])("%s: the comparator finds the accuracy that was computed independently", async (name, rule) => {
  const file = new URL(`${name}/records.jsonl.gz`, DATA);
  if (!existsSync(file)) return report(`SKIPPED ${name}: the recorded streams are not here`);
  const facts = JSON.parse(readFileSync(new URL(`${name}/truth.json`, DATA), "utf8"));
  const counts = { pilot: { n: 0, right: 0 }, production: { n: 0, right: 0 } };
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    const record = JSON.parse(line);
    const judged = judgeTruth({ fields: [rule], threshold: 1 }, record.groundTruth, record.output);
    if (!judged) continue;
    const count = counts[record.phase as keyof typeof counts];
    count.n += 1;
    count.right += judged.score;
  }
  for (const phase of ["pilot", "production"] as const) {
    const { n, right } = counts[phase];
    expect({ n, accuracy: Number((right / n).toFixed(4)) }).toEqual(facts.overall[phase]);
  }
  report(`${name}: ${counts.pilot.n + counts.production.n} truths judged, both accuracies agree`);
});
