/** That volume is not watched yet, and from when on it will be; null when it is. */
export function volumeWords(pilotDays: number, fewest: number): string | null {
  if (pilotDays >= fewest) return null;
  const until = `Whether more or less comes in than usual is watched from ${fewest} days of pilot on: each time of the week must have come twice.`;
  if (pilotDays === 0) return `${until} There is no pilot yet.`;
  return `${until} This one spans ${pilotDays} ${pilotDays === 1 ? "day" : "days"}.`;
}
