import { itemErased, itemWithdrawn, leaseExpired } from "./item-faults";
import { amid, decide, type Lane, type Manner, openReview, PLAINLY, ready, signInAs, undo } from "./lane";
import { until } from "./reviewer-page";

/** Makes something go wrong around one decision. False when it could not be made at this moment. */
export type Fault = (lane: Lane, manner: Manner) => Promise<boolean>;

/** How often each comes in a hundred runs. */
export const FAULTS: Readonly<Record<string, { share: number; make: Fault }>> = {
  "offline at the submit": { share: 9, make: offlineAtSubmit },
  "offline before the answers": { share: 8, make: offlineBeforeAnswers },
  "answer to the submit lost after the commit": {
    share: 8,
    make: (lane, manner) => lostAnswer(lane, manner, "submit"),
  },
  "submit lost before the server": {
    share: 5,
    make: (lane, manner) => lostAnswer(lane, manner, "submit", "before"),
  },
  "server killed between commit and answer": { share: 8, make: killedServer },
  "answer to the reveal lost": { share: 5, make: (lane, manner) => lostAnswer(lane, manner, "reveal") },
  "answer to the undo lost": { share: 5, make: undoLost },
  "three taken back, then a reload": { share: 4, make: takenBackThenReload },
  "second tab takes over": { share: 7, make: secondTab },
  "second tab is told and closed": { share: 5, make: secondTabClosed },
  "back button": { share: 6, make: backButton },
  "reload with a draft": { share: 5, make: reloadWithDraft },
  "page gone at the submit": { share: 6, make: pageGone },
  "page closed with an unsent review": { share: 5, make: closedUnsent },
  "lease expired, somebody else judged": {
    share: 6,
    make: (lane, manner) => leaseExpired(lane, manner, true),
  },
  "lease expired": { share: 3, make: (lane, manner) => leaseExpired(lane, manner, false) },
  "session expired": { share: 5, make: sessionExpired },
  "somebody else signed in": { share: 3, make: otherPerson },
  "role taken away for a while": { share: 3, make: roleTaken },
  "item withdrawn": { share: 3, make: (lane, manner) => itemWithdrawn(lane, manner) },
  "item erased": { share: 4, make: (lane, manner) => itemErased(lane, manner) },
};

const pathOf = (lane: Lane, call: string) => `/${lane.queue.project.slug}/reviews/${call}`;

async function offlineAtSubmit(lane: Lane, manner: Manner): Promise<boolean> {
  await decide(lane, { ...manner, beforeSubmit: () => lane.context.setOffline(true) });
  if (lane.random() < 0.5) await decide(lane, PLAINLY);
  await lane.context.setOffline(false);
  return true;
}

async function offlineBeforeAnswers(lane: Lane, manner: Manner): Promise<boolean> {
  await ready(lane);
  await lane.context.setOffline(true);
  const most = 1 + Math.floor(lane.random() * 2);
  for (let answered = 0; answered < most; answered += 1) await decide(lane, { ...manner, overrule: false });
  await lane.context.setOffline(false);
  return true;
}

async function lostAnswer(
  lane: Lane,
  manner: Manner,
  call: "submit" | "reveal",
  how: "before" | "after" = "after",
): Promise<boolean> {
  const plan = async () => lane.servers.proxy.plan({ path: pathOf(lane, call), how });
  await decide(lane, { ...manner, [call === "submit" ? "beforeSubmit" : "beforeReveal"]: plan });
  return true;
}

async function killedServer(lane: Lane, manner: Manner): Promise<boolean> {
  const before = lane.servers.kills();
  await decide(lane, {
    ...manner,
    beforeSubmit: async () => {
      const kill = lane.servers.kill();
      if (kill) lane.servers.proxy.plan({ path: pathOf(lane, "submit"), how: "after", meanwhile: kill });
    },
  });
  await until(lane.page, () => lane.servers.kills() > before, 1_000);
  return lane.servers.kills() > before;
}

async function undoLost(lane: Lane, manner: Manner): Promise<boolean> {
  await decide(lane, manner);
  lane.servers.proxy.plan({ path: pathOf(lane, "undo"), how: lane.random() < 0.5 ? "after" : "before" });
  await undo(lane);
  return true;
}

async function takenBackThenReload(lane: Lane, manner: Manner): Promise<boolean> {
  for (let decided = 0; decided < 3; decided += 1) await decide(lane, decided === 0 ? manner : PLAINLY);
  const before = lane.said.length;
  for (let back = 0; back < 3; back += 1) await undo(lane);
  const { seen } = await until(lane.page, () => true);
  await lane.page.reload();
  const { met } = await until(lane.page, (now) => now.reference === seen.reference);
  if (!met) lane.problems.push(`${seen.reference} was taken back and is not there after a reload`);
  return lane.said.length === before + 3;
}

async function secondTab(lane: Lane, manner: Manner): Promise<boolean> {
  const first = lane.page;
  await decide(lane, manner);
  lane.page = await lane.context.newPage();
  await openReview(lane);
  const { met } = await until(lane.page, (seen) => seen.elsewhere);
  if (!met) lane.problems.push("the second tab was not told");
  await lane.page.getByRole("button", { name: "Go on here" }).click();
  const told = await until(first, (seen) => seen.elsewhere);
  if (!told.met) lane.problems.push("the first tab was not told");
  await decide(lane, PLAINLY);
  await first.close();
  return true;
}

async function secondTabClosed(lane: Lane, manner: Manner): Promise<boolean> {
  const second = await lane.context.newPage();
  await second.goto(`/${lane.queue.project.slug}/review`);
  const { met } = await until(second, (seen) => seen.elsewhere);
  if (!met) lane.problems.push("the second tab was not told");
  await lane.page.bringToFront();
  await decide(lane, manner);
  await second.close();
  return true;
}

/** Enters an answer; returns the item and what stands in its form. */
async function begin(lane: Lane): Promise<{ reference: string; chosen: string } | null> {
  const { seen } = await ready(lane);
  if (seen.reference === null || !seen.main?.startsWith("Show")) return null;
  await lane.page.keyboard.press(lane.random() < 0.5 ? "1" : "2");
  const { seen: after } = await until(lane.page, (now) => now.chosen !== null, 2_000);
  return after.chosen === null ? null : { reference: seen.reference, chosen: after.chosen };
}

async function expectDraft(lane: Lane, begun: { reference: string; chosen: string } | null): Promise<void> {
  if (!begun) return;
  const { seen } = await until(
    lane.page,
    (now) => now.reference === begun.reference && now.chosen === begun.chosen,
  );
  if (seen.reference !== begun.reference || seen.chosen !== begun.chosen)
    lane.problems.push(
      `the draft "${begun.chosen}" of ${begun.reference} became "${seen.chosen}" of ${seen.reference}`,
    );
}

async function backButton(lane: Lane, manner: Manner): Promise<boolean> {
  const decided = lane.random() < 0.5;
  if (decided) await decide(lane, manner);
  const begun = await begin(lane);
  await lane.page.goto("about:blank");
  await lane.page.goBack();
  await expectDraft(lane, begun);
  return true;
}

async function reloadWithDraft(lane: Lane): Promise<boolean> {
  const begun = await begin(lane);
  await lane.page.reload();
  await expectDraft(lane, begun);
  return begun !== null;
}

/** The page ends in the very moment of the submit: nobody is told whether that was in time. */
async function pageGone(lane: Lane, manner: Manner): Promise<boolean> {
  let gone = false;
  await decide(lane, {
    ...manner,
    beforeSubmit: async () => {
      const { seen } = await until(lane.page, () => true);
      const reference = seen.reference ?? "";
      const answer = seen.chosen ?? lane.answers.get(reference) ?? null;
      const verdict = seen.main?.startsWith("Submit") ? seen.verdict : null;
      const old = lane.page;
      lane.page = await lane.context.newPage();
      void old.keyboard.press("Enter").catch(() => undefined);
      if (lane.random() < 0.5) await new Promise((resolve) => setTimeout(resolve, lane.random() * 20));
      await old.close();
      lane.said.push({ reference, outcome: "ANSWERED", answer, verdict, certain: false });
      gone = true;
      throw new PageGone();
    },
  }).catch((error: unknown) => {
    if (!(error instanceof PageGone)) throw error;
  });
  if (gone) await openReview(lane);
  return gone;
}

class PageGone extends Error {}

async function closedUnsent(lane: Lane, manner: Manner): Promise<boolean> {
  await decide(lane, { ...manner, beforeSubmit: () => lane.context.setOffline(true) });
  const old = lane.page;
  lane.page = await lane.context.newPage();
  await old.close();
  await lane.context.setOffline(false);
  await openReview(lane);
  return true;
}

async function sessionExpired(lane: Lane, manner: Manner): Promise<boolean> {
  await amid(
    lane,
    manner,
    () => lane.servers.db.$executeRaw`
    UPDATE session SET ended_at = now() WHERE user_id = ${lane.queue.reviewers[0]?.id}::uuid AND ended_at IS NULL`,
  );
  return true;
}

async function otherPerson(lane: Lane, manner: Manner): Promise<boolean> {
  await decide(lane, { ...manner, beforeSubmit: () => signInAs(lane, 1) });
  await until(lane.page, (seen) => seen.text.includes("Somebody else is signed in here by now"), 2_000);
  await signInAs(lane, 0);
  await focusAgain(lane);
  return true;
}

async function roleTaken(lane: Lane, manner: Manner): Promise<boolean> {
  const { db } = lane.servers;
  const member = { projectId: lane.queue.project.id, userId: lane.queue.reviewers[0]?.id ?? "" };
  await decide(lane, { ...manner, beforeSubmit: () => db.membership.deleteMany({ where: member }) });
  const { met } = await until(
    lane.page,
    (seen) => seen.text.includes("You are not a reviewer here any more"),
    3_000,
  );
  await db.membership.create({ data: { ...member, role: "REVIEWER" } });
  await focusAgain(lane);
  return met;
}

/** What the browser sends when a person comes back to the window. */
async function focusAgain(lane: Lane): Promise<void> {
  await lane.page.evaluate(() => window.dispatchEvent(new Event("focus")));
}
