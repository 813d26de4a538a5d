import type { Tx } from "@/lib/db/client";
import type { InputFindingCode, InputFindingFacts } from "./input-finding-schema";

/** What a look at the inputs found to be so now. */
export interface LookedFinding {
  code: InputFindingCode;
  subject: string;
  /** clear: it is so. unclear: what was noticed before lasts, and nothing new is said. */
  state: "clear" | "unclear";
  since: Date;
  facts: InputFindingFacts;
}

/**
 * Notes what is new and ends what is over: of the codes that were looked at, whatever was not found again. Of two who look at once, one
 * notes it (a unique index); numbers stay as they were when it was noticed.
 */
export async function keepFindings(
  tx: Tx,
  projectId: string,
  { looked, found, now }: { looked: readonly InputFindingCode[]; found: readonly LookedFinding[]; now: Date },
): Promise<{ noticed: number; ended: number }> {
  const rows = (findings: readonly LookedFinding[]) =>
    JSON.stringify(findings.map(({ since, ...finding }) => ({ ...finding, since: since.toISOString() })));
  const ended = await tx.$executeRaw`
    UPDATE input_finding SET ended_at = ${now}
    WHERE project_id = ${projectId}::uuid AND ended_at IS NULL AND code = ANY (${[...looked]}::text[]) AND NOT EXISTS (
      SELECT 1 FROM jsonb_to_recordset(${rows(found)}::jsonb) AS still(code text, subject text)
      WHERE still.code = input_finding.code AND still.subject = input_finding.subject)`;
  const clear = found.filter(({ state }) => state === "clear");
  if (clear.length === 0) return { noticed: 0, ended };
  const noticed = await tx.$executeRaw`
    INSERT INTO input_finding (project_id, id, code, subject, since, facts, noticed_at)
    SELECT ${projectId}::uuid, gen_random_uuid(), code, subject, since, facts, ${now}
    FROM jsonb_to_recordset(${rows(clear)}::jsonb) AS row(code text, subject text, since timestamptz, facts jsonb)
    ORDER BY code, subject
    ON CONFLICT (project_id, code, subject) WHERE ended_at IS NULL DO NOTHING`;
  return { noticed, ended };
}
