import { describe, expect, it } from "vitest";
import { inTransaction } from "@/lib/db/transaction";
import { testDatabase } from "@/lib/testing/database";
import { makeIncident } from "@/lib/testing/make-monitor";
import { actorFor, contextFor, makePerson, makeProject } from "@/lib/testing/make-project";
import { endInputIncident } from "./end-input-incident";
import { readIncident } from "./incident-detail";
import { type InputFinding, openInputIncident } from "./open-input-incident";
import { countOpenIncidents, listIncidents, listUrgentIncidents, readIncidentMarks } from "./queries";
import { reopenIncident } from "./reopen-incident";
import { resolveIncident } from "./resolve-incident";

const { db } = await testDatabase();

const finding: InputFinding = {
  kind: "contract_broken",
  subject: "VALUE_UNSEEN_LABEL",
  facts: {
    title: "The contract is broken",
    finding: "87 of 100 outputs carry an answer that is not on the list.",
    since: "2026-03-12T08:10:00.000Z",
    severity: "high",
    numbers: [{ label: "/output/label", text: "87 of 100" }],
  },
};

async function openProject() {
  const project = await makeProject(db);
  const person = await makePerson(db, { project, role: "MANAGER" });
  const ctx = contextFor(db, project, actorFor(person), new Date("2026-03-21T00:00:00Z"));
  const scope = { projectId: project.id };
  return {
    ctx,
    project,
    open: (found: InputFinding = finding) => inTransaction(db, (tx) => openInputIncident(tx, scope, found)),
    end: (subject = finding.subject) =>
      inTransaction(db, (tx) =>
        endInputIncident(tx, scope, { kind: "contract_broken", subject, reason: "over" }),
      ),
  };
}

describe("an incident about the inputs", () => {
  it("is one for all who find it at once, and another for another subject", async () => {
    const { ctx, open, project } = await openProject();
    const found = await Promise.all(Array.from({ length: 8 }, () => open()));
    expect(found.filter(({ opened }) => opened)).toHaveLength(1);
    expect(new Set(found.map(({ incidentId }) => incidentId)).size).toBe(1);
    await open({ ...finding, subject: "TYPE_MISMATCH" });
    expect(await countOpenIncidents(ctx, project.id)).toBe(2);
    const detail = await readIncident(ctx, found[0]?.incidentId ?? "");
    expect(detail).toMatchObject({
      kind: "contract_broken",
      boundary: null,
      since: null,
      extra_wrong: null,
      input: finding.facts,
      subject: finding.subject,
      events: [{ kind: "opened", by: null }],
    });
  });

  it("ends by itself, and the same episode is not opened again; a later one is", async () => {
    const { ctx, open, end } = await openProject();
    const { incidentId } = await open();
    expect(await end("TYPE_MISMATCH")).toBe(false);
    expect(await end()).toBe(true);
    expect(await end()).toBe(false);
    expect(await open()).toEqual({ incidentId, opened: false });
    expect(await readIncident(ctx, incidentId)).toMatchObject({
      state: "resolved",
      events: [{ kind: "opened" }, { kind: "resolved", by: null, details: { reason: "over" } }],
    });
    const later = { ...finding, facts: { ...finding.facts, since: "2026-03-14T00:00:00.000Z" } };
    expect(await open(later)).toMatchObject({ opened: true });
    await expect(reopenIncident(ctx, incidentId, {})).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("stays resolved when a person says so, and stands before drops of accuracy unless it is of little weight", async () => {
    const { ctx, open, project } = await openProject();
    await makeIncident(db, project);
    const { incidentId } = await open();
    await open({ ...finding, subject: "drifted", facts: { ...finding.facts, severity: "low" } });
    const kinds = (await listUrgentIncidents(ctx, 5)).map(({ input }) => input?.severity ?? "accuracy");
    expect(kinds).toEqual(["high", "accuracy", "low"]);
    expect((await listIncidents(ctx, { standing: "open", page: 1 })).incidents).toHaveLength(3);
    const marks = { segment: { attribute: "", value: "" }, from: "2026-01-01", to: "2026-12-31" };
    expect(await readIncidentMarks(ctx, marks)).toEqual([]);
    await resolveIncident(ctx, incidentId, { reason: "not_a_problem" });
    expect(await open()).toEqual({ incidentId, opened: false });
  });
});
