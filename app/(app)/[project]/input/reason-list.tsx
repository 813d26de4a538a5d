import type { ShownReason } from "@/lib/quarantine/shown-reasons";

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
        <p className="text-xs text-subtle">
          and {reasons.length - shown.length} more{" "}
          {reasons.length - shown.length === 1 ? "reason" : "reasons"}
        </p>
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
