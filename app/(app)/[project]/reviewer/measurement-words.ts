import { formatCount, formatDay, formatInterval, formatPercent, formatPoints } from "@/lib/core/format";
import type { NonResponse, ReviewerMix } from "@/lib/estimate/measurement-schema";

/** What a change of who reviews did to accuracy. */
export function mixWords({ people, weeks }: ReviewerMix): string {
  if (weeks.length === 0) return "Nothing has been reviewed in these days.";
  if (people < 2)
    return "One person reviews, so a change of reviewers cannot look like a change of the model.";
  const told = weeks.filter((week) => week.told);
  const last = told.at(-1);
  const apart = weeks.filter((week) => week.adjusted === null).length;
  const alone =
    apart > 0
      ? ` ${apart === 1 ? "One week" : `${apart} weeks`} cannot be compared: nobody who reviewed then reviewed in most of the others.`
      : "";
  if (!last?.adjusted || !last.mix_effect)
    return `Who reviewed made no clear difference in any week.${alone}`;
  const effect = last.mix_effect;
  const direction = effect.mean > 0 ? "better" : "worse";
  const points = (value: number) => formatPoints(value).replace(/^[+−±]/, "");
  const weeksTold = told.length === 1 ? "In one week" : `In ${told.length} weeks`;
  return `${weeksTold} who reviewed changed the number. In the week of ${formatDay(last.start)} it made accuracy look ${points(effect.mean)} ${direction}: ${formatPercent(last.plain)} as reviewed, ${formatPercent(last.adjusted.mean)} (${formatInterval(last.adjusted)}) if everybody had reviewed their usual part.${alone}`;
}

/** How much was left open, and what that does to accuracy. */
export function nonResponseWords({ total }: NonResponse): string {
  const left = total.cannot_judge + total.handed_on;
  const asked = total.judged + left;
  if (asked === 0) return "Nothing has been reviewed in these days.";
  if (left === 0) return "Every sample that reviewers came to was judged.";
  const said = `Of ${formatCount(asked)} samples that reviewers came to, ${formatCount(left)} ${left === 1 ? "was" : "were"} left open.`;
  const bounds = total.estimate?.bounds;
  return bounds
    ? `${said} Had all of those been wrong or all right, accuracy would be ${formatInterval(bounds, 1)}.`
    : said;
}
