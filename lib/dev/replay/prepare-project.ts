import { randomBytes } from "node:crypto";
import type { AnswerDefinition } from "@/lib/review/schema";
import type { PlanVersion } from "@/lib/sampling/schema";
import { type HttpClient, signIn, visitorClient } from "./http-client";
import { type ReplayState, writeReplayState } from "./replay-state";
import { noSendCounts } from "./send-week";

export interface NewReplay {
  url: string;
  projectName: string;
  seed: string;
  reviewsPerWeek: number;
  expectedPerDay: number;
  definition: AnswerDefinition;
  /** Segment attribute by which the reviews are spread; null = by chance alone. */
  attribute: string | null;
}

/** Simulated people who work through the queue side by side. */
const REVIEWERS = 3;

/**
 * Makes what a team would make by hand before its first output: the project with its plan, what reviewers answer, a key for recorded
 * history, and reviewers who join by link. Kept in a file, so that an interrupted replay goes on with the same ones.
 */
export async function prepareProject(admin: HttpClient, wanted: NewReplay): Promise<ReplayState> {
  const { url, projectName } = wanted;
  const { slug } = await admin.post<{ slug: string }>("/api/v1/projects", {
    name: projectName,
    time_zone: "UTC",
    reviews_per_week: wanted.reviewsPerWeek,
    expected_per_day: wanted.expectedPerDay,
    sampling_seed: wanted.seed,
  });
  const base = `/api/v1/projects/${slug}`;
  const { versions } = await admin.get<{ versions: PlanVersion[] }>(`${base}/plan`);
  await admin.post(`${base}/plan`, changedPlan(versions[0], wanted.attribute));
  await admin.post(`${base}/answer-schema`, {
    base_version: 0,
    definition: wanted.definition,
    instructions: "Recorded history: simulated reviewers answer with the recorded truth.",
  });
  const { token } = await admin.post<{ token: string }>(`${base}/keys`, {
    name: "Replay",
    scopes: ["outputs:write", "truth:write", "read"],
    new_source: { name: "Recorded history", recorded_history: true },
  });
  const state: ReplayState = {
    url,
    projectName,
    project: slug,
    key: token,
    reviewers: await inviteReviewers(admin, url, base, slug),
    weeksDone: [],
    weekSent: null,
    sent: noSendCounts(),
    reviewsInWeek: 0,
    held: [],
    baselineFrozen: false,
  };
  writeReplayState(state);
  return state;
}

function changedPlan(current: PlanVersion | undefined, attribute: string | null) {
  if (!current) throw new Error("The new project has no sampling plan.");
  const { version, created_at: _at, created_by: _by, ...settings } = current;
  // Simulated readers of one recorded truth always agree: nothing to learn from a second look.
  return { ...settings, base_version: version, attribute, double_review_share: 0 };
}

async function inviteReviewers(admin: HttpClient, url: string, base: string, slug: string) {
  const reviewers: ReplayState["reviewers"] = [];
  const visitor = visitorClient(url);
  for (let number = 1; number <= REVIEWERS; number += 1) {
    const invite = await admin.post<{ path: string }>(`${base}/invites`, { role: "REVIEWER" });
    const password = randomBytes(18).toString("base64url");
    const email = `reviewer-${number}@${slug}.replay.example`;
    const token = invite.path
      .split("/")
      .at(-1)
      ?.replace(/^.*[#?=]/, "");
    await visitor.post("/api/v1/invites/accept", {
      token,
      name: `Simulated reviewer ${number}`,
      email,
      password,
    });
    reviewers.push({ email, password });
  }
  return reviewers;
}

/** The simulated reviewers, signed in. */
export async function signInReviewers(state: ReplayState): Promise<HttpClient[]> {
  const clients: HttpClient[] = [];
  for (const { email, password } of state.reviewers) clients.push(await signIn(state.url, email, password));
  return clients;
}
