import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { RouteHandler } from "@/app/_boundary/route";
import { encodeSignInToken, sessionCookieName } from "@/app/_boundary/sign-in-token";
import { POST as publishForm, GET as readForm } from "@/app/api/v1/projects/[project]/answer-schema/route";
import type { User } from "@/lib/db/generated/client";
import type { Claimed, ReviewItem, SavedReview, UndoneReview } from "@/lib/review/wire-schema";
import { testDatabase } from "@/lib/testing/database";
import { makePerson, makeSession } from "@/lib/testing/make-project";
import { makeReviewQueue, type ReviewQueue } from "@/lib/testing/make-review-queue";
import { POST as claim } from "./claim/route";
import { POST as heartbeat } from "./heartbeat/route";
import { GET as queueOf } from "./queue/route";
import { POST as release } from "./release/route";
import { POST as reveal } from "./reveal/route";
import { POST as skip } from "./skip/route";
import { POST as submit } from "./submit/route";
import { POST as undo } from "./undo/route";

const { db } = await testDatabase();

const items = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    externalId: `case-${i}`,
    input: { text: `message ${i}` },
    output: { label: "yes" },
  }));

interface Answer<T> {
  status: number;
  json: T;
  text: string;
}

async function call<T>(
  handler: RouteHandler,
  queue: ReviewQueue,
  person: User,
  body?: unknown,
): Promise<Answer<T>> {
  const token = await encodeSignInToken({ uid: person.id, sid: await makeSession(db, person) });
  const request = new Request("http://localhost/api/v1/x", {
    method: body === undefined ? "GET" : "POST",
    headers: {
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      cookie: `${sessionCookieName()}=${token}`,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve({ project: queue.project.slug }) });
  const text = await response.text();
  return { status: response.status, text, json: (text ? JSON.parse(text) : {}) as T };
}

async function queueWith(count: number, reviewers = 1) {
  const queue = await makeReviewQueue(db, { items: items(count), reviewers });
  const [first, second] = queue.reviewers;
  if (!first) throw new Error("expected a reviewer");
  return { queue, me: first, other: second ?? first };
}

async function claimed(queue: ReviewQueue, person: User): Promise<ReviewItem> {
  const { json } = await call<Claimed>(claim, queue, person, {});
  if (!json.item) throw new Error("expected an item");
  return json.item;
}

const leaseOf = (item: ReviewItem) => ({ slot_id: item.slot_id, lease_token: item.lease_token });
const decisionOn = (item: ReviewItem) => ({
  ...leaseOf(item),
  answer_schema_id: item.form.id,
  submission_key: randomUUID(),
});

test("an item is claimed blind, revealed after an answer, submitted, and the next comes along", async () => {
  const { queue, me } = await queueWith(2);
  const first = await call<Claimed>(claim, queue, me, {});
  expect(first.json.item).toMatchObject({
    reference: "case-0",
    input: { text: "message 0" },
    revealed: null,
    form: { version: 1 },
  });
  expect(first.text).not.toMatch(/"output(_values)?":/);
  const item = first.json.item as ReviewItem;
  const shown = await call(reveal, queue, me, {
    ...leaseOf(item),
    answer_schema_id: item.form.id,
    answer: { label: "no" },
  });
  expect(shown.json).toEqual({
    answer: { label: "no" },
    output: { label: "yes" },
    output_values: { label: "yes" },
    field_results: [{ field: "label", result: "mismatch" }],
    score: 0,
    verdict: "INCORRECT",
  });
  const overrule = { verdict: "CORRECT", reason: "Both readings are right." };
  const sent = { ...decisionOn(item), overrule, active_ms: 4_200, claim_next: true };
  const saved = await call<SavedReview>(submit, queue, me, sent);
  expect(saved.json).toMatchObject({
    revision: 1,
    primary: true,
    repeated: false,
    next: { item: { reference: "case-1" }, queue: null },
  });
  expect(await db.review.findFirstOrThrow({ where: { id: saved.json.review_id } })).toMatchObject({
    answer: { label: "no" },
    computedVerdict: "INCORRECT",
    verdict: "CORRECT",
    overruleReason: "Both readings are right.",
    activeMs: 4_200,
  });
  const again = await call<SavedReview>(submit, queue, me, { ...sent, claim_next: false });
  expect(again.json).toMatchObject({ review_id: saved.json.review_id, repeated: true, next: null });
});

test("the queue says what is done, what is left, and why there is nothing", async () => {
  const { queue, me } = await queueWith(1);
  expect((await call(queueOf, queue, me)).json).toMatchObject({ done_today: 0, left: 1, empty: null });
  const item = await claimed(queue, me);
  expect((await call<Claimed>(claim, queue, me, {})).json).toMatchObject({
    item: null,
    queue: { empty: { reason: "all_held", held_by_me: 1 } },
  });
  const saved = await call<SavedReview>(skip, queue, me, {
    ...decisionOn(item),
    outcome: "CANNOT_JUDGE",
    reason: "The message is cut off.",
    claim_next: true,
  });
  expect(saved.json.next).toMatchObject({
    item: null,
    queue: { done_today: 1, left: 0, empty: { reason: "all_done" } },
  });
});

test("a heartbeat renews what is held and names what is lost; a released item is free at once", async () => {
  const { queue, me, other } = await queueWith(1, 2);
  const item = await claimed(queue, me);
  const lease = leaseOf(item);
  const gone = { slot_id: item.slot_id, lease_token: randomUUID() };
  const state = await call<{ leases: { seconds_left: number | null }[] }>(heartbeat, queue, me, {
    leases: [{ ...lease, shown: true }],
  });
  expect(state.json.leases[0]?.seconds_left).toBeGreaterThan(290);
  expect((await call(heartbeat, queue, me, { leases: [{ ...gone, shown: true }] })).json).toEqual({
    leases: [{ slot_id: item.slot_id, seconds_left: null, withdrawn: false }],
  });
  expect((await call(release, queue, other, { leases: [lease] })).status).toBe(204);
  expect((await call<Claimed>(claim, queue, other, {})).json.item).toBeNull();
  expect((await call(release, queue, me, { leases: [lease] })).status).toBe(204);
  expect((await claimed(queue, other)).slot_id).toBe(item.slot_id);
});

test("what was withdrawn is said to be, and shows nothing; what was removed cannot be judged any more", async () => {
  const { queue, me } = await queueWith(1);
  const item = await claimed(queue, me);
  const slot = { projectId: queue.project.id, id: item.slot_id };
  const ended = { state: "WITHDRAWN", holderId: null, leaseToken: null, leaseExpiresAt: null } as const;
  await db.reviewSlot.update({ where: { projectId_id: slot }, data: ended });
  expect((await call(heartbeat, queue, me, { leases: [{ ...leaseOf(item), shown: true }] })).json).toEqual({
    leases: [{ slot_id: item.slot_id, seconds_left: null, withdrawn: true }],
  });
  const answer = { label: "yes" };
  const shown = await call(reveal, queue, me, { ...leaseOf(item), answer_schema_id: item.form.id, answer });
  expect(shown).toMatchObject({ status: 410, json: { reason: "item_gone" } });
  expect(shown.text).not.toContain('"output"');
  const gone = { ...decisionOn(item), slot_id: randomUUID(), answer };
  expect(await call(submit, queue, me, gone)).toMatchObject({ status: 410, json: { reason: "item_gone" } });
});

test("nothing is taken, shown, renewed, decided or undone for somebody else than the one who is signed in", async () => {
  const { queue, me, other } = await queueWith(2, 2);
  const item = await claimed(queue, me);
  const decision = { ...decisionOn(item), as: me.id };
  const answer = { label: "yes" };
  const asked: [RouteHandler, Record<string, unknown>][] = [
    [claim, { as: me.id }],
    [reveal, { ...leaseOf(item), answer_schema_id: item.form.id, answer, as: me.id }],
    [heartbeat, { leases: [{ ...leaseOf(item), shown: true }], as: me.id }],
    [submit, { ...decision, answer }],
    [skip, { ...decision, outcome: "SKIPPED", reason: "Later." }],
    [undo, { submission_key: randomUUID(), as: me.id }],
  ];
  for (const [handler, body] of asked)
    expect(await call(handler, queue, other, body)).toMatchObject({
      status: 409,
      json: { reason: "other_person" },
    });
  expect(await db.review.count({ where: { projectId: queue.project.id } })).toBe(0);
  expect((await call(submit, queue, me, { ...decision, answer })).status).toBe(200);
});

test("after a reload the item of a standing lease comes again; a foreign or ended lease brings the next one", async () => {
  const { queue, me, other } = await queueWith(3, 2);
  const item = await claimed(queue, me);
  const resumed = await call<Claimed>(claim, queue, me, { resume: leaseOf(item) });
  expect(resumed.json.item).toMatchObject(leaseOf(item));
  expect((await call<Claimed>(claim, queue, other, { resume: leaseOf(item) })).json.item).toMatchObject({
    reference: "case-1",
  });
  await call(release, queue, me, { leases: [leaseOf(item)] });
  const next = await call<Claimed>(claim, queue, me, { resume: leaseOf(item) });
  expect(next.json.item).toMatchObject({ reference: "case-0" });
  expect(next.json.item?.lease_token).not.toBe(item.lease_token);
});

test("who lost the lease sees nothing revealed, but what they submit is kept as an extra", async () => {
  const { queue, me, other } = await queueWith(1, 2);
  const item = await claimed(queue, me);
  await call(release, queue, me, { leases: [leaseOf(item)] });
  await claimed(queue, other);
  const answer = { label: "yes" };
  const shown = await call(reveal, queue, me, { ...leaseOf(item), answer_schema_id: item.form.id, answer });
  expect(shown).toMatchObject({ status: 409, json: { reason: "lease_lost" } });
  expect(shown.text).not.toContain('"output"');
  const saved = await call<SavedReview>(submit, queue, me, { ...decisionOn(item), answer });
  expect(saved).toMatchObject({ status: 200, json: { primary: false } });
});

test("a handed-on item comes back by undo, a judged one too, and then there is nothing left to undo", async () => {
  const { queue, me } = await queueWith(1);
  const item = await claimed(queue, me);
  await call(skip, queue, me, { ...decisionOn(item), outcome: "SKIPPED", reason: "Later." });
  const deferred = await call<UndoneReview>(undo, queue, me, {
    submission_key: randomUUID(),
    which: "deferred",
  });
  expect(deferred.json).toMatchObject({
    before: { outcome: "SKIPPED", reason: "Later." },
    item: { reference: "case-0" },
  });
  await call(submit, queue, me, { ...decisionOn(deferred.json.item as ReviewItem), answer: { label: "no" } });
  const last = await call<UndoneReview>(undo, queue, me, { submission_key: randomUUID() });
  expect(last.json).toMatchObject({ before: { outcome: "ANSWERED", answer: { label: "no" } }, item: {} });
  expect(await call(undo, queue, me, { submission_key: randomUUID() })).toMatchObject({
    status: 410,
    json: { reason: "nothing_to_undo" },
  });
});

test.each([
  ["an unknown field", { label: "yes", extra: 1 }, "extra"],
  ["no answer", {}, "label"],
  ["an option that does not exist", { label: "perhaps" }, "label"],
  ["a wrong type", { label: { $ne: 1 } }, "label"],
])(
  "an answer that does not fit the form is refused with a sentence at its field: %s",
  async (_name, answer, field) => {
    const { queue, me } = await queueWith(1);
    const item = await claimed(queue, me);
    const refused = await call<{ fields: Record<string, string> }>(submit, queue, me, {
      ...decisionOn(item),
      answer,
    });
    expect(refused).toMatchObject({ status: 422, json: { reason: "answer_invalid" } });
    expect(refused.json.fields[field]).toMatch(/\w/);
    expect(await db.review.count({ where: { projectId: queue.project.id } })).toBe(0);
  },
);

test("managers publish versions of the form; who started from an older one is told", async () => {
  const { queue, me } = await queueWith(1);
  const manager = await makePerson(db, { project: queue.project, role: "MANAGER" });
  const definition = {
    fields: [
      { key: "spam", label: "Is it spam?", type: "boolean", output_path: "/spam", truth_path: "/spam" },
    ],
  };
  const body = { definition, instructions: "Look twice.", base_version: 1 };
  expect((await call(publishForm, queue, me, body)).status).toBe(403);
  expect(await call(publishForm, queue, manager, body)).toMatchObject({ status: 201, json: { version: 2 } });
  expect(await call(publishForm, queue, manager, body)).toMatchObject({
    status: 409,
    json: { reason: "version_taken" },
  });
  const known = await call<{ versions: { version: number }[] }>(readForm, queue, manager);
  expect(known.json.versions.map((each) => each.version)).toEqual([2, 1]);
  expect(
    await db.auditEvent.count({ where: { projectId: queue.project.id, action: "answer-schema.publish" } }),
  ).toBe(2);
  expect((await claimed(queue, me)).form).toMatchObject({ version: 2, instructions: "Look twice." });
});

test("viewers and people from elsewhere may not claim", async () => {
  const { queue } = await queueWith(1);
  const viewer = await makePerson(db, { project: queue.project, role: "VIEWER" });
  const stranger = await makePerson(db);
  expect((await call(claim, queue, viewer, {})).status).toBe(403);
  expect((await call(claim, queue, stranger, {})).status).toBe(404);
});
