import { Banner } from "@/components/ui/banner";
import { Card, Stat } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import type { CrossValidation } from "@/lib/contract/schema";
import { formatCount, formatInterval, formatProbability } from "@/lib/core/format";
import { perThousand } from "./rule-words";

const SHOWN = 8;

/** What the rules would do to records like the pilot's, before anybody publishes them. */
export function RatesCard({
  rates,
  sentences,
  pending,
  problem,
  changed,
}: {
  rates: CrossValidation | null;
  sentences: Readonly<Record<string, string>>;
  pending: boolean;
  problem: string | null;
  /** The rules are not those in force. */
  changed: boolean;
}) {
  return (
    <Card
      title={changed ? "What these rules would do" : "What the rules do"}
      description="To outputs like the pilot's, each judged by rules from the other nine tenths."
    >
      {problem ? (
        <Banner tone="warn" title="The rates could not be worked out">
          {problem}
        </Banner>
      ) : null}
      {rates === null && !problem ? (
        <p className="text-sm text-muted">
          {pending
            ? "Judging the pilot …"
            : "There are no pilot outputs to try the rules on. They still judge what comes in."}
        </p>
      ) : null}
      {rates ? (
        <div
          className={cn("flex flex-col gap-4 transition-opacity", pending && "opacity-60")}
          aria-busy={pending}
        >
          <div className="grid grid-cols-2 gap-4">
            <Stat
              label="Flagged"
              value={formatProbability(rates.flagged)}
              detail={`${perThousand(rates.flagged)} in 1,000 (${formatInterval({ low: rates.flagged_low, high: rates.flagged_high }, 1)})`}
            />
            <Stat
              label="Held back"
              value={formatProbability(rates.quarantined)}
              detail={`${perThousand(rates.quarantined)} in 1,000 (${formatInterval({ low: rates.quarantined_low, high: rates.quarantined_high }, 1)})`}
            />
          </div>
          {rates.by_rule.length > 0 ? (
            <div>
              <h3 className="mb-1 text-sm font-medium text-ink">By rule, most first</h3>
              <ol className="flex flex-col gap-1.5 text-sm">
                {rates.by_rule.slice(0, SHOWN).map(({ code, path, share, records }) => (
                  <li key={`${code} ${path}`} className="flex items-baseline justify-between gap-3">
                    <span className="min-w-0">
                      <span className="text-ink">{sentences[code] ?? code}</span>{" "}
                      <span className="font-mono text-xs [overflow-wrap:anywhere] text-subtle">{path}</span>
                    </span>
                    <span className="shrink-0 text-xs text-muted tabular" title={`${records} outputs`}>
                      {formatProbability(share)}
                    </span>
                  </li>
                ))}
              </ol>
              {rates.by_rule.length > SHOWN ? (
                <p className="mt-1 text-xs text-subtle">and {rates.by_rule.length - SHOWN} more</p>
              ) : null}
            </div>
          ) : (
            <p className="text-sm text-muted">No output of the pilot breaks a rule.</p>
          )}
          <p className="text-xs text-subtle">Tried on {formatCount(rates.records)} pilot outputs.</p>
        </div>
      ) : null}
    </Card>
  );
}
