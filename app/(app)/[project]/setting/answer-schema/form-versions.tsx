import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { formatPercent } from "@/lib/core/format";
import { KINDS } from "./kinds";

interface ShownVersion {
  version: number;
  since: string;
  fields: readonly { key: string; label: string; type: keyof typeof KINDS }[];
  threshold: number;
}

/** Every version that was ever in force, newest first. */
export function FormVersions({ versions }: { versions: readonly ShownVersion[] }) {
  if (versions.length === 0) return null;
  return (
    <Card
      title="Versions"
      description="A version never changes. Every review names the one that it answered."
      flush
    >
      <ol className="divide-y divide-line border-t border-line">
        {versions.map((each, index) => (
          <li
            key={each.version}
            className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5 text-sm"
          >
            <span className="flex w-36 shrink-0 items-center gap-2 font-medium text-ink">
              Version {each.version}
              {index === 0 ? <Badge tone="good">In force</Badge> : null}
            </span>
            <span className="shrink-0 text-muted tabular">{each.since}</span>
            <span className="min-w-0 flex-1 basis-64 text-muted">
              {each.fields.map((field) => `${field.label} (${KINDS[field.type].toLowerCase()})`).join(" · ")}
              {each.fields.length > 1 ? `; right from ${formatPercent(each.threshold, 0)} of the weight` : ""}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
