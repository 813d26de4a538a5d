import { Banner } from "@/components/ui/banner";
import type { SilenceView } from "@/lib/drift/flow-schema";

/** Said first: nothing comes in, and since when. */
export function SilenceBanner({ silence, moment }: { silence: SilenceView; moment: (at: string) => string }) {
  const open = silence.silences.find(({ endedAt }) => endedAt === null);
  if (!open) return null;
  return (
    <Banner tone="alarm" title={`Nothing has come in since ${moment(open.since)}`}>
      That is longer than the {hoursText(silence.hours ?? 0)} that this project takes for normal. Either
      nothing happened there, or what happens is not sent any more; until then no number on any page can
      change.
    </Banner>
  );
}

export function hoursText(hours: number): string {
  return hours % 24 === 0
    ? `${hours / 24} day${hours === 24 ? "" : "s"}`
    : `${hours} hour${hours === 1 ? "" : "s"}`;
}
