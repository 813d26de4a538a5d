import { expect, test } from "./fixtures";
import type { JsonApi } from "./json-api";
import { openPage } from "./open-page";
import { type Kind, KINDS, letter, type ProjectOptions, type TestProject } from "./project";
import { tabTo } from "./review-hands";

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 2, 2, 9);
const PER_DAY = 100;

type MakeProject = (options?: ProjectOptions) => Promise<TestProject>;

/** Two weeks of 100 letters a day, half of them scanned, after a pilot of which 95 % were right. */
async function mailRoom(project: MakeProject, pilot: number): Promise<TestProject> {
  const made = await project({ recordedHistory: true, reviewsPerWeek: 70, expectedPerDay: PER_DAY });
  const sent = (number: number, at: number, more: { phase: "pilot" | "production"; wrong: boolean }) => {
    const truth = KINDS[number % KINDS.length] ?? "invoice";
    const answered: Kind = more.wrong ? (KINDS[(number + 1) % KINDS.length] ?? "order") : truth;
    return letter(`${more.phase}-${number}`, truth, answered, {
      phase: more.phase,
      occurred_at: new Date(at).toISOString(),
      segments: { channel: number % 2 === 0 ? "scan" : "mail" },
      ...(more.phase === "pilot" ? { ground_truth: { kind: truth } } : {}),
    });
  };
  const trial = Array.from({ length: pilot }, (_, number) =>
    sent(number, START + number * 1000, { phase: "pilot", wrong: number % 20 < 1 }),
  );
  const production = Array.from({ length: 14 * PER_DAY }, (_, number) =>
    sent(number, START + (7 + Math.floor(number / PER_DAY)) * DAY_MS + (number % PER_DAY) * 60_000, {
      phase: "production",
      wrong: false,
    }),
  );
  if (trial.length > 0) await made.sender.outputs(trial);
  await made.sender.outputs(production);
  return made;
}

/** The pilot counts within seconds, by a job. */
async function untilPiloted(api: JsonApi, slug: string, labels: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const answer = await api.get<{ pilot?: { n: number } | null }>(`/api/v1/projects/${slug}/planner`);
        return answer.pilot?.n ?? 0;
      },
      { timeout: 90_000 },
    )
    .toBe(labels);
}

test("a manager plans reviews for a goal, puts the plan in force, and takes it back", async ({
  page,
  project,
  admin,
}) => {
  const { slug } = await mailRoom(project, 800);
  await untilPiloted(admin.api, slug, 800);
  await openPage(page, `/${slug}/setting/sampling`);
  await page.getByRole("link", { name: "Plan for a goal" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Planner" })).toBeVisible();

  await page.getByLabel("Find a drop of").fill("10");
  await page.getByLabel("In each value of").selectOption("channel");
  await expect(
    page.getByText(/reviews a week find a drop of 10 points within 4 weeks, over all outputs/),
  ).toBeVisible();
  const table = page.getByRole("table", { name: "Reviews a week for each value of channel" });
  await expect(table.getByRole("row", { name: /mail/ })).toContainText(/points/);
  const asked = await page.getByText(/^As many as it takes: /).innerText();
  await table.getByRole("checkbox", { name: "scan counts" }).uncheck();
  await expect(page.getByText(/^As many as it takes: /)).not.toHaveText(asked);
  await table.getByRole("checkbox", { name: "scan counts" }).check();
  await expect(page.getByText(/^As many as it takes: /)).toHaveText(asked);

  await page.getByText("No more than", { exact: true }).click();
  await page.getByLabel("Most reviews").fill("40");
  await expect(page.getByText(/^40 reviews a week find a drop of .+; 10 points would take /)).toBeVisible();
  await page.getByText(/^As many as it takes: /).click();
  await page.getByLabel("Accepted false alarms").fill("2");
  await expect(page.getByText("About 2 false alarms a year, over everything that is watched.")).toBeVisible();
  await expect(page.getByText(/^Monitoring, version 1: about 2 false alarms a year/)).toBeVisible();
  await expect(page).toHaveURL(/drop=10.*alarms=2/);
  await page.getByRole("button", { name: "Put it in force …" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Put it in force" }).click();
  await expect(page.getByText(/reviews a week are planned$/)).toBeVisible();
  await expect(
    page.getByText("Written: version 2 of the sampling plan and version 1 of monitoring."),
  ).toBeVisible();
  await page.reload();
  await expect(page.getByText("The plan in force is this one already.")).toBeVisible();
  await expect(page.getByLabel("Find a drop of")).toHaveValue("10");

  const { versions } = await admin.api.get<{
    versions: { version: number; attribute: string; needs: { value: string }[] }[];
  }>(`/api/v1/projects/${slug}/plan`);
  expect(versions[0]).toMatchObject({ version: 2, attribute: "channel" });
  expect(versions[0]?.needs.map(({ value }) => value).sort()).toEqual(["mail", "scan"]);

  await page.getByRole("main").getByRole("link", { name: "Sampling plan" }).last().click();
  await expect(page.getByText(/^Planned reviews first: .+ a week for 2 values$/)).toBeVisible();
  await page.getByRole("button", { name: "Use again" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Use it again" }).click();
  await expect(page.getByText("Version 3 is in force.")).toBeVisible();
  await expect(page.getByLabel("Reviews", { exact: true })).toHaveValue("70");
});

test("a change of monitoring says in words what it means, is told apart from another's, and is undone", async ({
  page,
  project,
  admin,
  expectedComplaints,
}) => {
  expectedComplaints.push(/status of 409/);
  const { slug } = await mailRoom(project, 100);
  await untilPiloted(admin.api, slug, 100);
  await openPage(page, `/${slug}/setting/monitor`);
  await expect(page.getByText("The pilot is too small for an alarm at a drop of 5 points")).toBeVisible();
  await expect(page.getByText(/^A pilot of 100 labels leaves open/)).toBeVisible();
  await page.getByLabel("Accepted false alarms").fill("4");
  await expect(page.getByText(/^About 4 false alarms a year over everything that is watched/)).toBeVisible();
  await page.getByText("A promised accuracy", { exact: true }).click();
  await page.getByRole("spinbutton", { name: "Promised accuracy" }).fill("93");
  await expect(page.getByText(/^Promised: 93\.0 %\./)).toBeVisible();
  await page.getByLabel("Remark").fill("Our contract says so");
  await page.getByRole("button", { name: "Save as version 1" }).click();
  await expect(page.getByText("Version 1 is in force.")).toBeVisible();
  await expect(page.getByText("“Our contract says so”")).toBeVisible();

  const settings = { attributes: [], floor: 0.8, tolerance: 0.01, unsure_counts_wrong: false };
  await page.getByLabel("Unsure counts as wrong").check();
  await admin.api.post(`/api/v1/projects/${slug}/monitor`, {
    ...settings,
    accepted_per_year: 1,
    base_version: 1,
  });
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await expect(page.getByText(/Somebody has changed the monitors in the meantime/)).toBeVisible();

  await openPage(page, `/${slug}/setting/monitor`);
  await expect(page.getByText("Version 2 is in force.")).toBeVisible();
  await expect(page.getByRole("spinbutton", { name: "Promised accuracy" })).toHaveValue("80");
  await page.getByRole("spinbutton", { name: "Promised accuracy" }).fill("85");
  await page.getByRole("button", { name: "Save as version 3" }).click();
  await expect(page.getByText("Version 3 is in force.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Version 4 is in force.")).toBeVisible();
  await expect(page.getByRole("spinbutton", { name: "Promised accuracy" })).toHaveValue("80");

  await page.getByRole("button", { name: "Look" }).last().click();
  const dialog = page.getByRole("dialog", { name: "Version 1" });
  await expect(dialog.getByText(/^Promised: 93\.0 %\. The pilot was 95\.0 %/)).toBeVisible();
});

test("without a pilot the pages say what to do, and a promise is enough", async ({ page, project }) => {
  const { slug } = await mailRoom(project, 0);
  await openPage(page, `/${slug}/setting/planner`);
  await expect(page.getByRole("heading", { name: "There is nothing to fall below yet" })).toBeVisible();
  await page.getByRole("link", { name: "Promise an accuracy" }).click();
  await expect(page.getByText("Nothing to compare with yet")).toBeVisible();
  // One attribute alone cannot be combined with another.
  await expect(page.getByRole("checkbox", { name: "channel" })).toBeChecked();
  await expect(page.getByRole("button", { name: "Add pair" })).toHaveCount(0);
  await page.getByText("A promised accuracy", { exact: true }).click();
  await page.getByRole("spinbutton", { name: "Promised accuracy" }).fill("90");
  await expect(
    page.getByRole("table", { name: "Boundary and time to find a drop, by segment" }).getByRole("row", {
      name: /channel scan/,
    }),
  ).toContainText("90.0 %");
  await page.getByRole("button", { name: "Save as version 1" }).click();
  await expect(page.getByText("Version 1 is in force.")).toBeVisible();
  await openPage(page, `/${slug}/setting/planner`);
  await expect(page.getByText(/reviews a week find a drop of 5 points within 4 weeks/)).toBeVisible();
});

test("a plan by keyboard alone", async ({ page, project, admin }, info) => {
  test.skip(info.project.name === "phone", "a phone has no keyboard");
  const { slug } = await mailRoom(project, 800);
  await untilPiloted(admin.api, slug, 800);
  await openPage(page, `/${slug}/setting/planner`);
  await expect(page.getByText(/^As many as it takes: /)).toBeVisible();
  await tabTo(page, page.getByLabel("Find a drop of"));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("12");
  await expect(page.getByText(/find a drop of 12 points within 4 weeks/)).toBeVisible();
  await tabTo(page, page.getByRole("radio", { name: /^As many as it takes/ }));
  await page.keyboard.press("ArrowDown");
  await tabTo(page, page.getByLabel("Most reviews"));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("90");
  await tabTo(page, page.getByRole("checkbox", { name: "scan counts" }));
  await page.keyboard.press("Space");
  await expect(page.getByRole("row", { name: /^scan/ })).toContainText("left out");
  await tabTo(page, page.getByRole("button", { name: "Put it in force …" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Plan 90 reviews a week?" })).toBeVisible();
  await tabTo(page, page.getByRole("dialog").getByRole("button", { name: "Put it in force" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("90 reviews a week are planned")).toBeVisible();
});
