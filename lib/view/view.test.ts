import { describe, expect, it } from "vitest";

import type { Ctx } from "@/lib/core/ctx";
import { testDatabase } from "@/lib/testing/database";
import { actorFor, contextFor, makePerson, makeProject } from "@/lib/testing/make-project";

import { deleteView, renameView } from "./change-view";
import { listViews } from "./queries";
import { saveView } from "./save-view";
import { MOST_VIEWS, saveViewSchema } from "./schema";
import { makeView } from "./testing/make-view";

const { db } = await testDatabase();

/** Two people of one project. */
async function people(): Promise<[Ctx, Ctx]> {
  const project = await makeProject(db);
  const person = async () =>
    contextFor(db, project, actorFor(await makePerson(db, { project, role: "VIEWER" })));
  return [await person(), await person()];
}
const view = (name: string, shared = false) =>
  saveViewSchema.parse({ kind: "outputs", name, query: "?verdict=incorrect", shared });
const names = async (ctx: Ctx) => (await listViews(ctx, "outputs")).map(({ name }) => name);

describe("saved views", () => {
  it("are seen by their owner, or by everybody in the project", async () => {
    const [ada, ben] = await people();
    await saveView(ada, view("mine"), false);
    await saveView(ada, view("ours", true), true);
    await saveView(ada, { ...view("chart"), kind: "accuracy" }, false);
    expect([await names(ada), await names(ben)]).toEqual([["ours", "mine"], ["ours"]]);
    const [other] = await people();
    expect(await names(other)).toEqual([]);
  });
  it("have one name each, whatever its case, and the second of two at once is told", async () => {
    const [ada, ben] = await people();
    const both = await Promise.allSettled([
      saveView(ada, view("Wrong"), false),
      saveView(ada, view("wrong"), false),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await saveView(ben, view("wrong"), false);
    const second = await saveView(ada, view("second"), false);
    await expect(renameView(ada, { id: second.id, name: "WRONG" }, false)).rejects.toMatchObject({
      code: "CONFLICT",
      message: "There is a view with the name “WRONG” already.",
    });
    expect((await renameView(ada, { id: second.id, name: "third" }, false)).name).toBe("third");
  });
  it("are a limited number, also when many are saved at once", async () => {
    const [ada] = await people();
    for (let at = 2; at < MOST_VIEWS; at += 1)
      await makeView(db, ada.project, { ownerId: ada.actor.kind === "user" ? ada.actor.userId : null });
    const tries = ["a", "b", "c", "d"].map((name) => saveView(ada, view(name), false));
    const settled = await Promise.allSettled(tries);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(await names(ada)).toHaveLength(MOST_VIEWS);
    await expect(saveView(ada, view("e"), false)).rejects.toMatchObject({
      code: "LIMIT",
      message: `You have ${MOST_VIEWS} views on this page already. Delete one that you do not need.`,
    });
  });
  it("are changed by their owner alone, those of everybody by managers", async () => {
    const [ada, ben] = await people();
    await expect(saveView(ada, view("ours", true), false)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const [mine, ours] = [
      await saveView(ada, view("mine"), false),
      await saveView(ada, view("ours", true), true),
    ];
    await expect(deleteView(ben, mine.id, true)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(renameView(ben, { id: ours.id, name: "x" }, false)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await deleteView(ben, ours.id, true);
    await deleteView(ada, mine.id, false);
    await expect(deleteView(ada, mine.id, false)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const noted = await db.auditEvent.findMany({
      where: { projectId: ada.project.id },
      orderBy: { seq: "asc" },
    });
    expect(noted.map(({ action }) => action)).toEqual([
      "view.save",
      "view.save",
      "view.delete",
      "view.delete",
    ]);
  });
  it("keep what stands behind the page's address, and lead nowhere else", () => {
    const refused = ["//evil.example", "javascript:alert(1)", "/other", "?a#b", "?a b", "?\n"];
    for (const query of refused)
      expect(saveViewSchema.safeParse({ ...view("x"), query }).success).toBe(false);
    expect(saveViewSchema.safeParse({ ...view("x"), query: "" }).success).toBe(true);
  });
});
