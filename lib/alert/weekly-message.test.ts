import { expect, test } from "vitest";
import { digestFactsSchema } from "@/lib/review/digest-schema";
import { testDatabase } from "@/lib/testing/database";
import { makeIncident } from "@/lib/testing/make-monitor";
import { contextFor, makePerson, makeProject } from "@/lib/testing/make-project";
import { accuracyChart } from "./accuracy-chart";
import { mailDigests, projectsWithMail } from "./mail-digests";
import { renderPng } from "./render-png";
import { makeChannel } from "./testing/make-channel";

const { db } = await testDatabase();
const MONDAY = new Date("2026-03-02T08:00:00Z");
const FACTS = digestFactsSchema.parse({
  due: 12,
  overdue: 2,
  doneThisWeek: 3,
  targetPerWeek: 40,
  adjudications: 0,
  secondsPerItem: null,
});

test("on Monday morning the week goes out once, with what is open, a picture and the same in words", async () => {
  const project = await makeProject(db, { name: "Refunds" });
  await makeChannel(db, project, { kind: "EMAIL", destination: "a@example.org", secret: null, weekly: true });
  await makeChannel(db, project, { kind: "EMAIL", destination: "b@example.org", secret: null });
  const muted = { mutedUntil: new Date("2026-03-03T00:00:00Z") };
  await makeChannel(db, project, {
    kind: "EMAIL",
    destination: "c@example.org",
    secret: null,
    weekly: true,
    ...muted,
  });
  await makeIncident(db, project);
  const at = (now: string | Date) => contextFor(db, project, { kind: "system", job: "test" }, new Date(now));
  expect(await projectsWithMail(db)).toContain(project.id);
  expect(await mailDigests(at("2026-03-02T06:59:00Z"))).toEqual({ reminders: 0, weekly: 0 });
  expect(await mailDigests(at(MONDAY))).toEqual({ reminders: 0, weekly: 1 });
  expect(await mailDigests(at("2026-03-02T23:00:00Z"))).toEqual({ reminders: 0, weekly: 0 });
  expect(await mailDigests(at("2026-03-03T08:00:00Z"))).toEqual({ reminders: 0, weekly: 0 });
  const sent = await db.alertDelivery.findFirstOrThrow({ where: { projectId: project.id } });
  expect(sent).toMatchObject({ kind: "weekly", key: "weekly:2026-02-23", state: "WAITING" });
  expect(sent.message).toMatchObject({
    title: "Refunds: the week from 23 Feb 2026",
    lines: [
      "Nobody has judged an output of last week yet.",
      "One incident is open.",
      expect.stringContaining("reviews were done last week"),
    ],
    parts: [{ title: "device ios: accuracy has dropped" }, { title: "Accuracy by week" }],
    chart: { weeks: { length: 12 } },
  });
});

test("reminders of reviews go to each person once, by an e-mail channel, and are marked as sent", async () => {
  const project = await makeProject(db, { name: "Refunds" });
  const person = await makePerson(db, { project, role: "REVIEWER", email: "robin@example.org" });
  const gone = await makePerson(db, { project, role: "REVIEWER", disabledAt: new Date() });
  for (const { id: userId } of [person, gone])
    await db.reviewDigest.create({
      data: { projectId: project.id, userId, day: new Date("2026-03-04"), facts: FACTS },
    });
  const ctx = contextFor(db, project, { kind: "system", job: "test" }, new Date("2026-03-04T07:00:00Z"));
  expect(await mailDigests(ctx)).toEqual({ reminders: 0, weekly: 0 });
  await makeChannel(db, project, { kind: "EMAIL", destination: "team@example.org", secret: null });
  expect(await mailDigests(ctx)).toEqual({ reminders: 1, weekly: 0 });
  expect(await mailDigests(ctx)).toEqual({ reminders: 0, weekly: 0 });
  const [sent] = await db.alertDelivery.findMany({ where: { projectId: project.id } });
  expect(sent).toMatchObject({ kind: "reminder" });
  expect(sent?.message).toMatchObject({
    to: "robin@example.org",
    title: "Reviews in Refunds, 4 Mar 2026",
    lines: [
      "12 reviews are due that you may take, 2 of them overdue.",
      "You have done 3 of the 40 that are your goal this week.",
    ],
  });
  expect(await db.reviewDigest.count({ where: { projectId: project.id, sentAt: null } })).toBe(0);
});

test("the chart is a picture with its text in it; a week without reviews is a gap", async () => {
  const week = (start: string, mean: number | null, few = false) => ({
    start,
    estimate: mean === null ? null : { mean, low: mean - 0.05, high: mean + 0.03, n: 80 },
    few,
  });
  const weeks = [
    week("2026-01-05", 0.92),
    week("2026-01-12", 0.93),
    week("2026-01-19", null),
    week("2026-01-26", 0.8, true),
  ];
  const svg = accuracyChart({ weeks, pilot: 0.94 });
  expect(svg.match(/stroke-width="4"\/>/g)).toHaveLength(2);
  expect(svg).toContain("pilot");
  const [png, empty] = [await renderPng(svg), await renderPng(accuracyChart({ weeks: [], pilot: null }))];
  expect(Buffer.from(png.subarray(1, 4)).toString()).toBe("PNG");
  // Without its typeface the words would be missing.
  const silent = await renderPng(svg.replaceAll(/<text.*?<\/text>/g, ""));
  expect(png.length).toBeGreaterThan(silent.length + 1_000);
  expect(empty.length).toBeGreaterThan(100);
});
