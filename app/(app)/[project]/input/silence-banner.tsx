import { Banner } from "@/components/ui/banner";
import { TextLink } from "@/components/ui/button";
import type { SilenceView } from "@/lib/drift/flow-schema";
import { hoursText } from "@/lib/drift/silence-schema";

/** Said first: nothing comes in, and since when. */
export function SilenceBanner({
  slug,
  silence,
  moment,
}: {
  slug: string;
  silence: SilenceView;
  moment: (at: string) => string;
}) {
  const open = silence.silences.find(({ source, endedAt }) => source === null && endedAt === null);
  if (!open) return null;
  return (
    <Banner tone="alarm" title={`Nothing has come in since ${moment(open.since)}`}>
      That is longer than the {hoursText(silence.hours ?? 0)} that this project takes for normal. Either
      nothing happened there, or what happens is not sent any more; until then no number on any page can
      change. It is <TextLink href={`/${slug}/incident`}>an incident</TextLink> until something comes.
    </Banner>
  );
}
