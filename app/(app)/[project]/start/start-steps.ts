import { formatCount } from "@/lib/core/format";
import type { StartStep } from "@/lib/start/schema";
import type { ShownStep } from "./step-list";

export interface StepFacts {
  sample: number;
  answerForms: number;
  keys: number;
  outputs: number;
  held: number;
  planVersion: number;
  reviewsPerWeek: number;
  people: number;
  links: number;
  reviews: number;
  waiting: number;
  settled: ReadonlySet<StartStep>;
}

/** With so many reviews a completed period gets a number. */
export const REVIEWS_FOR_A_NUMBER = 20;

/** Each step with how far it is; what can be seen from the project itself is done, whoever did it and where. */
export function startSteps(facts: StepFacts): ShownStep[] {
  const { settled } = facts;
  const step = (name: StartStep, title: string, done: boolean, note: string): ShownStep => ({
    step: name,
    title,
    note,
    state: done ? "done" : settled.has(name) ? "left out" : "to do",
  });
  return [
    step("sample", "Paste what your system puts out", facts.sample > 0, sampleNote(facts)),
    step(
      "form",
      "Say what reviewers answer",
      facts.answerForms > 0,
      facts.answerForms > 0 ? "A form is in force." : "Drafted from what you pasted.",
    ),
    step("send", "Send the first output", facts.outputs > 0, sendNote(facts)),
    {
      ...step("plan", "Decide how many are reviewed", facts.planVersion > 1 || settled.has("plan"), ""),
      note: `${formatCount(facts.reviewsPerWeek)} reviews a week.`,
    },
    step("people", "Invite reviewers", facts.people + facts.links > 0, peopleNote(facts)),
    step(
      "review",
      `Review ${REVIEWS_FOR_A_NUMBER} outputs`,
      facts.reviews >= REVIEWS_FOR_A_NUMBER,
      facts.reviews > 0
        ? `${formatCount(facts.reviews)} judged.`
        : `With ${REVIEWS_FOR_A_NUMBER} there is a first chart.`,
    ),
  ];
}

function sampleNote({ sample }: StepFacts): string {
  if (sample === 0) return "Assay reads it and drafts the rest.";
  return sample === 1 ? "One record was read." : `${formatCount(sample)} records were read.`;
}

function sendNote({ outputs, held, keys }: StepFacts): string {
  if (outputs > 0) return outputs === 1 ? "One output is in." : `${formatCount(outputs)} outputs are in.`;
  if (held > 0) return "Something came, but cannot be read as an output.";
  return keys > 0 ? "A key is there; nothing has come yet." : "With a key and a line to copy.";
}

function peopleNote({ people, links }: StepFacts): string {
  if (people > 0)
    return people === 1 ? "One person beside you." : `${formatCount(people)} people beside you.`;
  if (links > 0)
    return links === 1 ? "One link is not used yet." : `${formatCount(links)} links are not used yet.`;
  return "By a link that you copy; no mail server is needed.";
}

/** The step that is asked for, else the first one that is neither done nor left out, else the last. */
export function openStep(steps: readonly ShownStep[], asked: string | undefined): StartStep {
  const wanted = steps.find(({ step }) => step === asked) ?? steps.find(({ state }) => state === "to do");
  return wanted?.step ?? "review";
}
