import { expect, test, vi } from "vitest";
import { makeChannel, makeDelivery } from "@/lib/alert/testing/make-channel";
import { testDatabase } from "@/lib/testing/database";
import { makeIncident } from "@/lib/testing/make-monitor";
import { makeReviewQueue } from "@/lib/testing/make-review-queue";
import { storedMetrics } from "@/lib/metrics/stored-metrics";
import { parseMetrics } from "@/lib/metrics/testing/parse-metrics";

const { db } = await testDatabase();
const { GET } = await import("./route");
const TOKEN = "a token for the metrics of the tests";

const items = [{ input: { text: "CANARY-PAYLOAD" }, output: { label: "CANARY-PAYLOAD" } }];
const { project, sourceId } = await makeReviewQueue(db, { items, project: { name: "CANARY-NAME" } });
await db.ledgerHour.create({
  data: {
    projectId: project.id,
    sourceId,
    hour: new Date("2026-03-02T10:00:00Z"),
    received: 21n,
    accepted: 11n,
    flagged: 4n,
    duplicates: 3n,
    conflicts: 1n,
    quarantined: 2n,
    refused: 0n,
  },
});
await makeIncident(db, project, { value: "CANARY-SEGMENT" });
await makeDelivery(db, project, "CANARY-TITLE", {
  channelId: await makeChannel(db, project, { destination: "https://CANARY-ADDRESS.example.com/" }),
});

const ask = (headers: Record<string, string> = {}) =>
  GET(
    new Request("http://localhost/api/metrics", { headers: { "x-forwarded-for": "127.0.0.1", ...headers } }),
    {
      params: Promise.resolve({}),
    },
  );

async function withEnv(settings: Record<string, string>, work: () => Promise<void>): Promise<void> {
  const holder = globalThis as { assayEnv?: unknown };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  holder.assayEnv = undefined;
  await work();
  vi.unstubAllEnvs();
  holder.assayEnv = undefined;
}

test("an independent reader takes all of it, and finds the numbers that are stored", async () => {
  const answer = await ask();
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const text = await answer.text();
  const families = new Map(parseMetrics(text).map((family) => [family.name, family]));
  const value = (name: string, labels: Record<string, string> = {}) =>
    families
      .get(`assay_${name}`)
      ?.samples.find((sample) =>
        Object.entries(labels).every(([label, each]) => sample.labels[label] === each),
      )?.value;
  const of = { project: project.slug };
  expect(value("records_received_total", of)).toBe(21);
  const outcomes = families.get("assay_records_total")?.samples ?? [];
  expect(outcomes.map(({ labels, value: records }) => [labels.outcome, records])).toEqual([
    ["accepted", 11],
    ["conflict", 1],
    ["duplicate", 3],
    ["flagged", 4],
    ["quarantined", 2],
    ["rejected", 0],
  ]);
  expect(value("reviews_waiting", of)).toBe(
    await db.reviewSlot.count({ where: { projectId: project.id, state: "OPEN", occasion: 0 } }),
  );
  expect(
    (value("incidents_open", { severity: "critical" }) ?? 0) +
      (value("incidents_open", { severity: "warning" }) ?? 0),
  ).toBe(1);
  expect(value("alert_deliveries", { state: "dead" })).toBe(1);
  expect(value("stalls", { minor: "false" })).toBe(0);
  expect(value("process_resident_memory_bytes")).toBeGreaterThan(1e6);
  // Nobody has judged anything: no accuracy is no line, not 0.
  expect(families.has("assay_accuracy_ratio")).toBe(false);
  expect(text).not.toContain("CANARY");
});

test("the token opens it, and nothing else does", async () => {
  await withEnv({ ASSAY_METRICS_TOKEN: TOKEN }, async () => {
    expect((await ask()).status).toBe(401);
    expect((await ask({ authorization: `Bearer ${TOKEN}x` })).status).toBe(401);
    expect((await ask({ authorization: `Bearer ${TOKEN.replaceAll(" ", "")}` })).status).toBe(401);
    expect((await ask({ "x-forwarded-for": "10.1.2.3" })).status).toBe(401);
  });
  await withEnv({ ASSAY_METRICS_TOKEN: TOKEN.replaceAll(" ", "-") }, async () => {
    const headers = { authorization: `Bearer ${TOKEN.replaceAll(" ", "-")}`, "x-forwarded-for": "10.1.2.3" };
    expect((await ask(headers)).status).toBe(200);
  });
});

test("without a token only this machine reads it, and nobody when people come by another address", async () => {
  await withEnv({}, async () => {
    expect((await ask({ "x-forwarded-for": "::1" })).status).toBe(200);
    expect((await ask({ "x-forwarded-for": "10.1.2.3" })).status).toBe(404);
    expect((await ask({ "x-forwarded-for": "127.0.0.1.example.com" })).status).toBe(404);
  });
  await withEnv({ ASSAY_URL: "https://assay.example.com" }, async () => {
    expect((await ask()).status).toBe(404);
  });
});

test("only the projects that are counted in have series", async () => {
  const ids = [{ id: project.id, slug: project.slug, timeZone: "UTC" }];
  const named = async (projects: typeof ids) =>
    (await storedMetrics(db, projects)).flatMap(({ samples }) =>
      samples.flatMap(({ labels }) => labels?.project ?? []),
    );
  expect(new Set(await named(ids))).toEqual(new Set([project.slug]));
  expect(await named([])).toEqual([]);
});
