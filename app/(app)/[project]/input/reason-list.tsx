import type { QuarantinedRecord } from "@/lib/ingest/queries";
import { reasonSentence } from "@/lib/quarantine/reason";

export interface ShownReason {
  code: string;
  sentence: string;
  path: string;
  expected: string | null;
  /** Null also for those who may not see payloads. */
  observed: string | null;
}

/** Reasons as people read them; what was found in the record is shown to those who may see payloads. */
export function shownReasons(
  reasons: QuarantinedRecord["reasons"],
  canSeePayload: boolean,
): readonly ShownReason[] {
  return reasons.map(({ code, path, observed, expected }) => ({
    code,
    sentence: reasonSentence(code),
    path,
    expected: expected ?? null,
    observed: canSeePayload && observed !== undefined && observed !== null ? String(observed) : null,
  }));
}

export function ReasonList({ reasons, most }: { reasons: readonly ShownReason[]; most?: number }) {
  const shown = reasons.slice(0, most);
  return (
    <>
      <ul className="flex flex-col gap-1">
        {shown.map((reason, index) => (
          <li key={index}>
            {reason.sentence} <ReasonDetail {...reason} />
          </li>
        ))}
      </ul>
      {reasons.length > shown.length ? (
        <p className="text-xs text-subtle">and {reasons.length - shown.length} more reasons</p>
      ) : null}
    </>
  );
}

function ReasonDetail({ path, expected, observed }: ShownReason) {
  const parts = [
    path === "" ? null : `at ${path}`,
    observed === null ? null : `found ${observed}`,
    expected === null ? null : `expected ${expected}`,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return <span className="[overflow-wrap:anywhere] text-xs text-subtle">({parts.join("; ")})</span>;
}
