import { formatInterval, formatPercent } from "@/lib/core/format";
import type { Rate } from "@/lib/review/people-schema";

/** A share with its range and what it rests on; as a plain count while it rests on too few. */
export function RateText({ rate, tooFew }: { rate: Rate | null; tooFew: boolean }) {
  if (!rate) return <span className="text-subtle">–</span>;
  const count = `${Math.round(rate.mean * rate.n)} of ${rate.n}`;
  return tooFew ? (
    <>
      <span className="block whitespace-nowrap text-muted">{count}</span>
      <span className="block text-xs text-subtle">too few</span>
    </>
  ) : (
    <>
      <span className="block font-medium">{formatPercent(rate.mean, 0)}</span>
      <span className="block text-xs whitespace-nowrap text-subtle">
        {formatInterval(rate)}, {count}
      </span>
    </>
  );
}
