/** The simulated stream of the demo project: a mail room that sorts documents, and one part of it that silently gets worse. */

export interface DemoRecord {
  id: string;
  occurred_at: string;
  phase: "pilot" | "production";
  input: { subject: string; text: string; sender: string; pages: number; attachments: string[] };
  output: { label: DocumentKind };
  model: { name: string; version: string };
  segments: { region: string; channel: string; sender_type: string };
  confidence: number;
  ground_truth?: { label: DocumentKind };
}

/** A record and what a careful reader would say it is; reviewers in the demo answer with this. */
export interface DemoOutput {
  record: DemoRecord;
  truth: DocumentKind;
}

export const DOCUMENT_KINDS = ["invoice", "reminder", "order", "complaint", "contract", "other"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const DEMO_WEEKS = 14;
/** The release after which scanned mail from the EU is read worse. */
export const DEMO_RELEASE = { name: "mail-sorter", before: "2.3", after: "2.4", weeksBeforeNow: 5 } as const;

const PILOT_DAYS = 14;
const PILOT_PER_DAY = 72;
const PRODUCTION_PER_WEEKDAY = 120;
const DAY_MS = 86_400_000;

/**
 * The stream of one project: two weeks of pilot with known truth, then twelve of production, ending with the day before `now`.
 * The same seed and day give the same stream.
 */
export function demoStream(now: Date, seed: number): DemoOutput[] {
  const random = mulberry32(seed);
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const first = today - DEMO_WEEKS * 7 * DAY_MS;
  const outputs: DemoOutput[] = [];
  for (let day = 0; day < DEMO_WEEKS * 7; day += 1) {
    const phase = day < PILOT_DAYS ? "pilot" : "production";
    const start = first + day * DAY_MS;
    const times = Array.from({ length: outputsOnDay(phase, start, random) }, () => officeHour(start, random));
    times.sort((a, b) => a - b);
    for (const time of times) outputs.push(demoOutput(outputs.length, time, phase, today, random));
  }
  return outputs;
}

/** Instant at which the demo's second model version became live. */
export function demoReleaseInstant(now: Date): Date {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  return new Date(today - DEMO_RELEASE.weeksBeforeNow * 7 * DAY_MS + 9 * 3_600_000);
}

function outputsOnDay(phase: "pilot" | "production", start: number, random: () => number): number {
  const weekday = new Date(start).getUTCDay();
  const weekend = weekday === 0 || weekday === 6;
  const base = phase === "pilot" ? PILOT_PER_DAY : PRODUCTION_PER_WEEKDAY;
  return Math.round(base * (weekend ? 0.3 : 1) * (0.85 + 0.3 * random()));
}

function officeHour(start: number, random: () => number): number {
  return start + Math.round((7 + 5 * random() + 6 * random()) * 3_600_000);
}

function demoOutput(
  index: number,
  time: number,
  phase: "pilot" | "production",
  today: number,
  random: () => number,
): DemoOutput {
  const segments = {
    region: pick(random, ["EU", "UK", "US"], [5, 2, 3]),
    channel: pick(random, ["e-mail", "portal", "scan"], [5, 2.5, 2.5]),
    sender_type: pick(random, ["supplier", "customer", "authority"], [5, 4, 1]),
  };
  const truth = pick(random, DOCUMENT_KINDS, [4, 2, 2, 1.2, 0.8, 1]);
  const released = time >= today - DEMO_RELEASE.weeksBeforeNow * 7 * DAY_MS + 9 * 3_600_000;
  const right = random() < accuracy(segments, truth, released);
  const label = right ? truth : confusion(truth, random);
  const record: DemoRecord = {
    id: `demo-${String(index + 1).padStart(5, "0")}`,
    occurred_at: new Date(time).toISOString(),
    phase,
    input: letter(truth, segments, random),
    output: { label },
    model: { name: DEMO_RELEASE.name, version: released ? DEMO_RELEASE.after : DEMO_RELEASE.before },
    segments,
    // The model stays sure of itself when it goes wrong: that is what makes the loss silent.
    confidence: Number((0.9 + 0.09 * random()).toFixed(3)),
  };
  if (phase === "pilot") record.ground_truth = { label: truth };
  return { record, truth };
}

function accuracy(segments: DemoRecord["segments"], truth: DocumentKind, released: boolean): number {
  let share = 0.955;
  if (segments.channel === "scan") share -= 0.03;
  if (truth === "complaint") share -= 0.04;
  if (released && segments.channel === "scan") share -= segments.region === "EU" ? 0.34 : 0.03;
  return share;
}

/** Mistakes that look plausible: a reminder read as an invoice, a contract read as an order. */
function confusion(truth: DocumentKind, random: () => number): DocumentKind {
  const plausible: Record<DocumentKind, readonly DocumentKind[]> = {
    invoice: ["reminder", "order"],
    reminder: ["invoice", "complaint"],
    order: ["invoice", "contract"],
    complaint: ["other", "reminder"],
    contract: ["order", "other"],
    other: ["complaint", "contract"],
  };
  return pick(random, plausible[truth], [2, 1]);
}

const SUBJECTS: Record<DocumentKind, readonly string[]> = {
  invoice: ["Invoice {n}", "Your delivery of {d}: amount due", "Services in {d}"],
  reminder: ["Second notice on {n}", "Payment of {n} not yet seen", "Open item {n}"],
  order: ["Purchase order {n}", "Please deliver by {d}", "Order for the {d} campaign"],
  complaint: ["Goods arrived damaged", "Wrong article in delivery {n}", "Still waiting since {d}"],
  contract: ["Framework agreement, draft of {d}", "Amendment to contract {n}", "Signed copy enclosed"],
  other: ["Change of address", "Invitation for {d}", "Question about your opening hours"],
};

const BODIES: Record<DocumentKind, readonly string[]> = {
  invoice: [
    "Please find our charges below. The total of EUR {a} is payable within 30 days to the account stated.",
    "For the goods delivered we charge EUR {a} including tax. Reference {n}.",
  ],
  reminder: [
    "We have not yet received EUR {a} for {n}. Kindly settle it within ten days; otherwise a fee applies.",
    "According to our books {n} is still open. If your payment has crossed this letter, please ignore it.",
  ],
  order: [
    "We order {q} pieces of article {n} at the agreed price. Please confirm the date of delivery.",
    "Please ship {q} units to our warehouse and send the papers to this office.",
  ],
  complaint: [
    "Of the {q} pieces delivered, several are broken. We expect a replacement and a word on how this could happen.",
    "This is the third time that we write about {n}. We are not satisfied and ask for a call.",
  ],
  contract: [
    "Attached you find the agreement over {q} months for your signature. Changes to section 4 are marked.",
    "Both parties agree to extend {n} on unchanged terms. Please return one signed copy.",
  ],
  other: [
    "From next month on you reach us at our new premises. Telephone numbers stay the same.",
    "We should be glad to see you at our open house. A short reply is enough.",
  ],
};

function letter(kind: DocumentKind, segments: DemoRecord["segments"], random: () => number) {
  const number = `${pick(random, ["A", "K", "R", "T"], [1, 1, 1, 1])}-${Math.floor(10_000 + random() * 89_999)}`;
  const month = pick(random, ["March", "April", "June", "September"], [1, 1, 1, 1]);
  const fill = (text: string) =>
    text
      .replaceAll("{n}", number)
      .replaceAll("{d}", month)
      .replaceAll("{q}", String(Math.floor(2 + random() * 240)))
      .replaceAll("{a}", (40 + random() * 9_000).toFixed(2));
  const even = [1, 1, 1];
  const sender = { supplier: "Brandt & Sons", customer: "Maple Retail", authority: "City Office" }[
    segments.sender_type
  ];
  return {
    subject: fill(pick(random, SUBJECTS[kind], even)),
    text: fill(pick(random, BODIES[kind], even)),
    sender: sender ?? "Unknown sender",
    pages: 1 + Math.floor(random() * 4),
    attachments: segments.channel === "scan" ? [`scan-${number}.tiff`] : [],
  };
}

function pick<T>(random: () => number, values: readonly T[], weights: readonly number[]): T {
  const shares = values.map((_, index) => weights[index] ?? 0);
  let left = random() * shares.reduce((sum, share) => sum + share, 0);
  for (const [index, value] of values.entries()) {
    left -= shares[index] ?? 0;
    if (left < 0) return value;
  }
  return values[0] as T;
}

/** A small seeded generator: good enough for a demo, the same on every machine. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
