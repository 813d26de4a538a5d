import { expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { contextFor } from "@/lib/testing/make-project";
import { makeSampledProject, storeOutputs, type StoredOutput } from "@/lib/testing/store-outputs";
import { readReleases, readVersions } from "@/lib/estimate/read-releases";
import { removeRelease } from "./mark-release";
import { noteRepeats } from "./note-repeats";
import { recordRelease } from "./record-release";

const { db, pool } = await testDatabase();
const at = (day: number, version?: string): StoredOutput => ({
  externalId: `${version} ${day}`,
  instant: new Date(Date.UTC(2026, 2, day, 9)),
  input: { day },
  ...(version === undefined ? {} : { version }),
});
const MARCH = { from: "2026-03-01", to: "2026-03-31" };

it("a version is noted when its first output comes, once, and gives way to what is told of it", async () => {
  const sampled = await makeSampledProject(db);
  const ctx = contextFor(db, sampled.project);
  const parts = { pool };
  await storeOutputs({ db, pool }, sampled, [at(2, "1.0"), at(3, "1.0"), at(3)]);
  await noteRepeats(ctx, parts);
  expect(await readVersions(ctx)).toEqual([{ name: "model", version: "1.0", day: "2026-03-02" }]);
  // What a stream begins with went live with nothing before it.
  expect(await readReleases(ctx, MARCH)).toEqual([]);

  await storeOutputs({ db, pool }, sampled, [at(9, "1.1"), at(10, "1.0"), at(11, "1.1")]);
  await Promise.all([noteRepeats(ctx, parts), noteRepeats(ctx, parts)]);
  await storeOutputs({ db, pool }, sampled, [at(12, "1.1")]);
  await noteRepeats(ctx, parts);
  expect(await readReleases(ctx, MARCH)).toMatchObject([
    { model_version: "1.1", day: "2026-03-09", seen: true },
  ]);

  await recordRelease(ctx, {
    model: { name: "model", version: "1.1" },
    released_at: "2026-03-08T20:00:00Z",
  });
  await storeOutputs({ db, pool }, sampled, [at(13, "1.1"), at(14, "1.2")]);
  await noteRepeats(ctx, parts);
  expect(await readReleases(ctx, MARCH)).toMatchObject([
    { model_version: "1.1", day: "2026-03-08", seen: false },
    { model_version: "1.2", day: "2026-03-14", seen: true },
  ]);
  // What was seen is shown again once the mark is taken away, and a mark is taken away once.
  const [told] = await readReleases(ctx, MARCH);
  await removeRelease(ctx, told?.id ?? "");
  expect(await readReleases(ctx, MARCH)).toMatchObject([
    { model_version: "1.1", day: "2026-03-09", seen: true },
    { model_version: "1.2", seen: true },
  ]);
  await expect(removeRelease(ctx, told?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await readVersions(ctx)).map(({ version }) => version)).toEqual(["1.2", "1.1", "1.0"]);
});

it("the pilot's version is not noted: it is not live", async () => {
  const sampled = await makeSampledProject(db);
  const ctx = contextFor(db, sampled.project);
  await storeOutputs({ db, pool }, sampled, [{ ...at(2, "0.9"), phase: "PILOT" }]);
  await noteRepeats(ctx, { pool });
  expect(await readVersions(ctx)).toEqual([]);
});
