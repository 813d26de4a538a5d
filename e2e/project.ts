import { randomBytes } from "node:crypto";
import type { JsonApi } from "./json-api";
import { makeSender, type RecordBody, type Sender } from "./sender";

export interface ProjectOptions {
  name?: string;
  /** Large: everything that comes in is sampled. */
  reviewsPerWeek?: number;
  expectedPerDay?: number;
  /** A stream with a past of its own: its days are sampled as they would have been. */
  recordedHistory?: boolean;
  form?: boolean;
  /** Part of the samples that two people judge; the plan's own when left out. */
  secondLooks?: number;
}

export interface TestProject {
  slug: string;
  name: string;
  token: string;
  sender: Sender;
}

export const KINDS = ["invoice", "reminder", "order"] as const;
export type Kind = (typeof KINDS)[number];

const FORM = {
  fields: [
    {
      key: "kind",
      label: "Kind of document",
      hint: "What the sender wants from us.",
      type: "category",
      options: KINDS.map((value) => ({ value, label: value })),
      output_path: "/kind",
      truth_path: "/kind",
    },
  ],
  threshold: 1,
};

/** A project of its own for a story: with a key, and with a form for its reviewers. */
export async function makeProject(
  api: JsonApi,
  baseURL: string,
  options: ProjectOptions = {},
): Promise<TestProject> {
  const name = options.name ?? `Mail room ${randomBytes(3).toString("hex")}`;
  const { slug } = await api.post<{ slug: string }>("/api/v1/projects", {
    name,
    reviews_per_week: options.reviewsPerWeek ?? 10_000,
    expected_per_day: options.expectedPerDay ?? 20,
    sampling_seed: "1",
  });
  const { token } = await api.post<{ token: string }>(`/api/v1/projects/${slug}/keys`, {
    name: "mail room",
    scopes: ["outputs:write", "truth:write", "read"],
    new_source: { name: "Mail room", recorded_history: options.recordedHistory ?? false },
  });
  if (options.form ?? true) {
    await api.post(`/api/v1/projects/${slug}/answer-schema`, {
      definition: FORM,
      instructions: "Judge by the letter alone.",
      base_version: 0,
    });
  }
  if (options.secondLooks !== undefined) await changeSecondLooks(api, slug, options.secondLooks);
  return { slug, name, token, sender: makeSender(baseURL, token) };
}

async function changeSecondLooks(api: JsonApi, slug: string, share: number): Promise<void> {
  const path = `/api/v1/projects/${slug}/plan`;
  const { versions } = await api.get<{ versions: Record<string, unknown>[] }>(path);
  const { version, created_at: _at, created_by: _by, ...settings } = versions[0] ?? {};
  await api.post(path, { ...settings, double_review_share: share, base_version: version });
}

/** Stands in every output, and so must not be in anything that a reviewer gets before the reveal. */
export const CANARY = "only-in-the-output-of-";

/** A letter and what the model under watch took it for. */
export function letter(id: string, truth: Kind, answered: Kind, more: Partial<RecordBody> = {}): RecordBody {
  return {
    id,
    occurred_at: new Date().toISOString(),
    input: { subject: `Letter ${id}`, text: TEXTS[truth] },
    output: { kind: answered, remark: `${CANARY}${id}` },
    segments: { channel: "mail" },
    ...more,
  };
}

/** What a reviewer reads, and from which the right answer follows. */
export const TEXTS: Record<Kind, string> = {
  invoice: "Please pay 120.00 EUR within 14 days.",
  reminder: "You have not paid yet. This is our second letter.",
  order: "Please send us 40 boxes.",
};
