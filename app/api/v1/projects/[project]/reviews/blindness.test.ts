import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { RouteHandler } from "@/app/_boundary/route";
import { encodeSignInToken, sessionCookieName } from "@/app/_boundary/sign-in-token";
import { newId } from "@/lib/core/id";
import type { Reason } from "@/lib/quarantine/reason";
import { createOccasion, type NewOccasion } from "@/lib/review/create-occasion";
import { answerDefinitionSchema } from "@/lib/review/schema";
import type { Claimed, ReviewItem, SavedReview, UndoneReview } from "@/lib/review/wire-schema";
import { testDatabase } from "@/lib/testing/database";
import { makeSession } from "@/lib/testing/make-project";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { POST as claim } from "./claim/route";
import { POST as heartbeat } from "./heartbeat/route";
import { GET as queueOf } from "./queue/route";
import { POST as reveal } from "./reveal/route";
import { POST as skip } from "./skip/route";
import { POST as submit } from "./submit/route";
import { POST as undo } from "./undo/route";

const { db } = await testDatabase();

const ORDINARY = 480;
const GOLD = 40;
const REPEATS = 15;
const ROUNDS = 255;

const FORM = answerDefinitionSchema.parse({
  fields: ["kind", "name"].map((key) => ({
    key,
    label: key,
    type: "text",
    output_path: `/${key}`,
    truth_path: `/${key}`,
  })),
});

/** Every hidden thing about an item has a text of its own. */
const itemOf = (at: number) => ({
  externalId: `case-${at}`,
  input: { text: `Letter ${at}` },
  output: { kind: "letter", name: `OUT-${at}-`, inside: `OUT-${at}-` },
  secondLook: at % 8 === 0 && at < ORDINARY,
  modelVersion: `MODEL-${at}-`,
  confidence: 0.731 + at / 1e6,
  segments: { team: `SEGMENT-${at}-` },
  reasons: at % 3 === 0 ? reasonsOf(at) : [],
});

/** What a contract found in the input, which is shown there, and what it found elsewhere, which nobody may be sent. */
const reasonsOf = (at: number): Reason[] => [
  { code: "TEXT_TOO_LONG", path: "/input/text", observed: `FOUND-${at}-`, expected: "at most 5 characters" },
  { code: "VALUE_UNSEEN_LABEL", path: "/output/kind", observed: `FOUND-${at}-`, expected: `FOUND-${at}-` },
  {
    code: "CROSS_ORDER",
    path: "/input/text",
    observed: `FOUND-${at}-`,
    expected: `at most /output/FOUND-${at}-`,
  },
  { code: "CONFIDENCE_OUT_OF_RANGE", path: "/confidence", expected: `FOUND-${at}-` },
  { code: "OOD_LOW_TYPICALITY", path: "/input", expected: `FOUND-${at}-` },
];

/** What nobody may be sent whatever they have stated. */
const NEVER =
  /TRUTH-\d+-|MODEL-\d+-|SEGMENT-\d+-|FOUND-\d+-|NOTE-\d+-|0\.73\d{4,}|"(?:occasion|gold|seeded\w*|expected\w*|assignee\w*)"/g;
const OUTPUT = /(?:OUT|SHOWN)-\d+-/g;
const SAID = /(?:SAID|REASON|ANSWER)-([01])-/g;

/** Looks at every byte that a person is sent. */
function makeWatch() {
  const allowed: [Set<string>, Set<string>] = [new Set(), new Set()];
  const leaks: string[] = [];
  const counts = { replies: 0, bytes: 0, shown: 0 };
  return {
    leaks,
    counts,
    /** The person states an answer now: from here on they may be sent this output. */
    allow: (person: 0 | 1, token: string) => allowed[person].add(token),
    look: (person: 0 | 1, text: string) => {
      counts.replies += 1;
      counts.bytes += text.length;
      for (const [found] of text.matchAll(NEVER)) leaks.push(`person ${person} was sent ${found}`);
      for (const [found, author] of text.matchAll(SAID))
        if (author !== String(person)) leaks.push(`person ${person} was sent ${found} of another`);
      for (const [found] of text.matchAll(OUTPUT)) {
        if (allowed[person].has(found)) counts.shown += 1;
        else leaks.push(`person ${person} was sent ${found} before they stated an answer`);
      }
    },
  };
}
type Watch = ReturnType<typeof makeWatch>;

async function makeCaller(queue: ReviewQueue, watch: Watch) {
  const cookies = await Promise.all(
    queue.reviewers.map(async (person) => {
      const token = await encodeSignInToken({ uid: person.id, sid: await makeSession(db, person) });
      return `${sessionCookieName()}=${token}`;
    }),
  );
  return async <T>(handler: RouteHandler, person: 0 | 1, body?: unknown): Promise<T> => {
    const request = new Request("http://localhost/api/v1/x", {
      method: body === undefined ? "GET" : "POST",
      headers: {
        "content-type": "application/json",
        "sec-fetch-site": "same-origin",
        cookie: cookies[person] ?? "",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const response = await handler(request, { params: Promise.resolve({ project: queue.project.slug }) });
    const text = await response.text();
    watch.look(person, `${JSON.stringify([...response.headers])}${text}`);
    if (response.status !== 200) throw new Error(`${response.status} ${text}`);
    return JSON.parse(text) as T;
  };
}

/** A re-serving for one person, somewhere in the queue. */
async function serve(
  queue: ReviewQueue,
  made: { outputId: string; occasion: number },
  person: 0 | 1,
  orderKey: number,
) {
  const assigneeId = queue.reviewers[person]?.id ?? "";
  await db.reviewSlot.create({
    data: { ...made, projectId: queue.project.id, id: newId(), look: person + 1, orderKey, assigneeId },
  });
}

async function reServing(
  queue: ReviewQueue,
  at: number,
  more: Partial<NewOccasion> & Pick<NewOccasion, "kind">,
) {
  const { id } = await db.output.findFirstOrThrow({
    where: { projectId: queue.project.id, externalId: `case-${at}` },
    select: { id: true },
  });
  const occasion = { outputId: id, note: `NOTE-${at}-`, createdBy: null, ...more };
  return await db.$transaction((tx) => createOccasion(tx, queue.project.id, occasion));
}

async function makeQueue(): Promise<ReviewQueue> {
  const items = Array.from({ length: ORDINARY + GOLD }, (_, at) => itemOf(at));
  const queue = await makeReviewQueue(db, { items, definition: FORM, reviewers: 2 });
  const projectId = queue.project.id;
  await db.groundTruth.createMany({
    data: items.map(({ externalId }, at) => ({
      projectId,
      id: newId(),
      externalId,
      value: { kind: "letter", name: `TRUTH-${at}-` },
      receivedAt: new Date(),
      contentHash: randomBytes(32),
    })),
  });
  const keys = await db.reviewSlot.findMany({
    where: { projectId },
    orderBy: { orderKey: "asc" },
    select: { orderKey: true },
  });
  for (let at = ORDINARY; at < ORDINARY + GOLD; at += 1) {
    const made = await reServing(queue, at, {
      kind: "GOLD",
      truth: { kind: "letter", name: `TRUTH-${at}-` },
      shownOutput: { kind: "letter", name: `SHOWN-${at}-`, inside: `SHOWN-${at}-` },
      expectedVerdict: "INCORRECT",
      seededField: "name",
    });
    await db.reviewSlot.updateMany({
      where: { projectId, outputId: made.outputId, occasion: 0 },
      data: { state: "WITHDRAWN" },
    });
    for (const person of [0, 1] as const)
      await serve(queue, made, person, (keys[6 * (at - ORDINARY)]?.orderKey ?? 0) + 1e-9);
  }
  return queue;
}

/** The shape of an answer: names and kinds, without the values. */
function shapeOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((each) => shapeOf(each, `${path}[]`)))];
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, each]) => shapeOf(each, `${path}/${key}`));
  return [`${path}: ${value === null ? "null" : typeof value}`];
}

test("500 items through the real routes: nothing hidden is in any byte before the reveal, and no item differs in shape", {
  timeout: 300_000,
}, async () => {
  const queue = await makeQueue();
  const watch = makeWatch();
  const call = await makeCaller(queue, watch);
  const shapes = { ordinary: new Set<string>(), probe: new Set<string>() };
  const reviewed = { ordinary: 0, gold: 0, repeat: 0 };
  const last: (ReviewItem | null)[] = [null, null];

  async function kindOf(item: ReviewItem) {
    const slot = await db.reviewSlot.findFirstOrThrow({ where: { id: item.slot_id } });
    const at = Number(item.reference.slice(5));
    const kind = slot.occasion === 0 ? "ordinary" : at >= ORDINARY ? "gold" : "repeat";
    return { kind, token: kind === "gold" ? `SHOWN-${at}-` : `OUT-${at}-` } as const;
  }

  async function oneItem(person: 0 | 1, round: number) {
    const item = last[person] ?? (await call<Claimed>(claim, person, { prefetch: round % 3 === 0 })).item;
    last[person] = null;
    if (!item) throw new Error("the queue is too short");
    const { kind, token } = await kindOf(item);
    const lease = { slot_id: item.slot_id, lease_token: item.lease_token };
    if (round % 5 === 0) await call(queueOf, person);
    if (round % 4 === 0) await call(heartbeat, person, { leases: [{ ...lease, shown: true }] });
    const common = { ...lease, answer_schema_id: item.form.id };
    if (round % 40 === 7) {
      const why = { outcome: "CANNOT_JUDGE", reason: `REASON-${person}-` };
      await call(skip, person, { ...common, ...why, submission_key: randomUUID() });
    } else {
      watch.allow(person, token);
      const stated = { kind: "letter", name: `ANSWER-${person}-` };
      const shown = await call<{ output: { name: string } }>(reveal, person, { ...common, answer: stated });
      expect(shown.output.name).toBe(token);
      const decision = { ...common, comment: `SAID-${person}-`, claim_next: round % 2 === 0 };
      const saved = await call<SavedReview>(submit, person, { ...decision, submission_key: randomUUID() });
      last[person] = saved.next?.item ?? null;
      expect(item.input_flags).toHaveLength(Number(item.reference.slice(5)) % 3 === 0 ? 1 : 0);
      const group = shapes[kind === "ordinary" ? "ordinary" : "probe"];
      for (const line of [
        ...shapeOf(item, "item"),
        ...shapeOf(shown, "reveal"),
        ...shapeOf({ ...saved, next: 0 }, "submit"),
      ])
        group.add(line);
      if (round % 30 === 11 && !last[person]) {
        const back = await call<UndoneReview>(undo, person, { submission_key: randomUUID() });
        expect(back.item?.slot_id).toBe(item.slot_id);
        const again = {
          slot_id: item.slot_id,
          lease_token: back.item?.lease_token,
          answer_schema_id: item.form.id,
        };
        await call(submit, person, { ...again, submission_key: randomUUID() });
      }
    }
    reviewed[kind] += 1;
    return Number(item.reference.slice(5));
  }

  for (let round = 0; round < ROUNDS; round += 1) {
    for (const person of [0, 1] as const) {
      const at = await oneItem(person, round);
      // What person 0 judged first comes back to them later.
      if (person === 0 && round < REPEATS && at < ORDINARY) {
        const { orderKey } = await db.reviewSlot.findFirstOrThrow({
          where: { projectId: queue.project.id, state: "OPEN", occasion: 0 },
          orderBy: { orderKey: "asc" },
          skip: 30,
        });
        await serve(queue, await reServing(queue, at, { kind: "REPEAT" }), 0, orderKey + 1e-9);
      }
    }
  }
  const { replies, bytes, shown } = watch.counts;
  process.stdout.write(
    `blindness: ${reviewed.ordinary} samples, ${reviewed.gold} known, ${reviewed.repeat} repeated; ${replies} replies, ${bytes} characters, ${watch.leaks.length} leaks\n`,
  );
  expect(watch.leaks).toEqual([]);
  expect(reviewed.ordinary + reviewed.gold + reviewed.repeat).toBe(2 * ROUNDS);
  expect(reviewed.gold).toBeGreaterThan(60);
  expect(reviewed.repeat).toBeGreaterThan(5);
  // The watch does see outputs: after the reveal they are there.
  expect(shown).toBeGreaterThan(2 * ROUNDS);
  expect([...shapes.probe].sort()).toEqual([...shapes.ordinary].sort());
});

test("a hidden thing in a reply is seen", () => {
  const planted = [
    '{"item":{"input":{"text":"Letter 7"},"hint":"TRUTH-7-"}}',
    '{"item":{"confidence":0.731007}}',
    '{"item":{"occasion":1}}',
    '{"item":{"input_flags":[{"path":"/text","sentence":"at most /output/FOUND-7-"}]}}',
    '{"item":{"output":"OUT-7-"}}',
    '[["x-model","MODEL-7-"]]',
    '{"others":[{"comment":"SAID-1-"}]}',
  ];
  for (const text of planted) {
    const watch = makeWatch();
    watch.allow(0, "OUT-8-");
    watch.look(0, text);
    expect(watch.leaks, text).toHaveLength(1);
  }
});
