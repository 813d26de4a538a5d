import { setImmediate as breathe } from "node:timers/promises";
import * as z from "zod";
import type { Ctx } from "@/lib/core/ctx";
import { checkRecord } from "./check-record";
import { compileContract } from "./compile-contract";
import { addToWindow, type ContractWindow, openWindow, windowFindings } from "./judge-window";
import type { RecordFacts } from "./record-facts";
import type { ContractDefinition } from "./schema";
import type { Revalidation } from "./wire-schema";

/** As many of the newest outputs are looked at. */
export const MOST_REVALIDATED = 2_000;
/** Outputs are up to a megabyte each. */
const BATCH = 100;
const MOST_RULES = 50;

const json = z.string().transform((text) => JSON.parse(text) as unknown);
const row = z.object({
  id: z.string(),
  occurredAt: z.date(),
  input: json,
  output: json,
  segments: json,
  extra: json,
  confidence: z.number().nullable(),
  modelName: z.string().nullable(),
  modelVersion: z.string().nullable(),
  wasFlagged: z.boolean(),
});
type Row = z.output<typeof row>;

/** What a contract would say about the newest production outputs: a question, which changes nothing. Others get their turn. */
export async function revalidateOutputs(
  ctx: Pick<Ctx, "db" | "project">,
  definition: ContractDefinition,
): Promise<Revalidation> {
  const contract = compileContract(definition);
  const window = openWindow(definition);
  const seen = { flaggedThen: 0, from: null as Date | null, to: null as Date | null };
  let last: Row | undefined;
  while (window.records < MOST_REVALIDATED) {
    const rows = await readBatch(ctx, last);
    for (const each of rows) {
      const facts = factsOf(each);
      addToWindow(window, facts, checkRecord(contract, facts));
      if (each.wasFlagged) seen.flaggedThen += 1;
      seen.to ??= each.occurredAt;
      seen.from = each.occurredAt;
    }
    last = rows.at(-1);
    if (rows.length < BATCH) break;
    await breathe();
  }
  return summary(window, definition, seen);
}

async function readBatch(
  { db, project }: Pick<Ctx, "db" | "project">,
  last: Row | undefined,
): Promise<Row[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT id::text, occurred_at AS "occurredAt", input::text, output::text, segments::text, extra::text, confidence,
      model_name AS "modelName", model_version AS "modelVersion", cardinality(flags) > 0 AS "wasFlagged"
    FROM output WHERE project_id = ${project.id}::uuid AND phase = 'PRODUCTION'
      AND (${last?.id ?? null}::uuid IS NULL OR (occurred_at, id) <
        (SELECT occurred_at, id FROM output WHERE project_id = ${project.id}::uuid AND id = ${last?.id ?? null}::uuid))
    ORDER BY occurred_at DESC, id DESC LIMIT ${BATCH}`;
  return z.array(row).parse(rows);
}

function factsOf({ input, output, segments, extra, confidence, modelName, modelVersion }: Row): RecordFacts {
  const more = (extra ?? {}) as Record<string, unknown>;
  return {
    input,
    output,
    segments,
    ...(confidence === null ? {} : { confidence }),
    ...(more.environment === undefined ? {} : { environment: more.environment }),
    ...(more.telemetry === undefined ? {} : { telemetry: more.telemetry }),
    ...(modelName === null && modelVersion === null
      ? {}
      : { model: { name: modelName, version: modelVersion } }),
  };
}

function summary(
  window: ContractWindow,
  definition: ContractDefinition,
  seen: { flaggedThen: number; from: Date | null; to: Date | null },
): Revalidation {
  const share = (count: number) => (window.records === 0 ? 0 : count / window.records);
  // Truth comes later than outputs, so that it is no matter of the newest ones.
  const findings = windowFindings(window, definition).filter(({ path }) => path !== "/ground_truth");
  return {
    records: window.records,
    limit: MOST_REVALIDATED,
    from: seen.from?.toISOString() ?? null,
    to: seen.to?.toISOString() ?? null,
    flagged: share(window.flagged),
    quarantined: share(window.quarantined),
    flagged_then: share(seen.flaggedThen),
    by_rule: [...window.reasons.values()]
      .sort((a, b) => b.records - a.records || (`${a.code}${a.path}` < `${b.code}${b.path}` ? -1 : 1))
      .slice(0, MOST_RULES)
      .map(({ code, path, records }) => ({ code, path, records, share: share(records) })),
    findings: findings.map(({ code, path, share: part, expected, values }) => ({
      code,
      path,
      share: part,
      expected,
      values,
    })),
  };
}
