import { LinkButton } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/copy-block";
import { formatCount } from "@/lib/core/format";

import type { SetupStep } from "./setup-steps";

const REVIEWS_FOR_A_NUMBER = 20;

export interface SetupFacts {
  slug: string;
  /** Where this installation is reached. */
  address: string;
  /** ISO instant for the example. */
  instant: string;
  keys: number;
  hasOutputs: boolean;
  answerForms: number;
  reviewers: number;
  reviews: number;
  hasPilot: boolean;
  isFrozen: boolean;
  canManage: boolean;
}

/** The way of a project from empty to measured, each step with what is done already. */
export function stepsOf(facts: SetupFacts): SetupStep[] {
  const { slug, canManage } = facts;
  const setting = (page: string, label: string) =>
    canManage ? (
      <LinkButton variant="primary" href={`/${slug}/setting/${page}`}>
        {label}
      </LinkButton>
    ) : (
      <p className="text-sm text-muted">A manager of this project does this.</p>
    );
  return [
    {
      title: "Make an API key",
      done: facts.keys > 0 || facts.hasOutputs,
      note: "Your system sends its outputs with it.",
      how: setting("keys", "API keys"),
    },
    {
      title: "Send the first output",
      done: facts.hasOutputs,
      note: "From your system, or once by hand to try it.",
      how: <CodeBlock label="Send one output" code={exampleCommand(facts.address, facts.instant)} />,
    },
    {
      title: "Say what reviewers answer",
      done: facts.answerForms > 0,
      note: "A form of one field or many; it can be read off the outputs that arrived.",
      how: setting("answer-schema", "Answer form"),
    },
    {
      title: "Add the people who review",
      done: facts.reviewers > 0,
      note:
        facts.reviewers > 0
          ? countOf(facts.reviewers, "person", "people")
          : "By a link that you copy; no mail server is needed.",
      how: setting("members", "Members"),
    },
    {
      title: `Review ${REVIEWS_FOR_A_NUMBER} outputs`,
      done: facts.reviews >= REVIEWS_FOR_A_NUMBER,
      note: `${formatCount(Math.min(facts.reviews, REVIEWS_FOR_A_NUMBER))} done. With ${REVIEWS_FOR_A_NUMBER} in a completed period it gets a number.`,
      how: (
        <LinkButton variant="primary" href={`/${slug}/review`}>
          Open the review queue
        </LinkButton>
      ),
    },
    {
      title: "Freeze the pilot as the baseline",
      done: facts.isFrozen,
      note: facts.hasPilot
        ? "The pilot is measured; freezing makes it the line to compare with."
        : "Send the outputs of your pilot with phase “pilot”, best with their truth.",
      how: (
        <LinkButton variant="primary" href={`/${slug}/accuracy`}>
          Accuracy page
        </LinkButton>
      ),
    },
  ];
}

function countOf(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A command that works as it stands, once the key is filled in. */
export function exampleCommand(address: string, instant: string): string {
  return `export ASSAY_KEY=asy_…
curl -X POST ${address}/api/v1/outputs \\
  -H "Authorization: Bearer $ASSAY_KEY" -H "Content-Type: application/json" \\
  -d '{
    "id": "first-1", "occurred_at": "${instant}", "phase": "pilot",
    "input": { "text": "Please pay invoice 4711" }, "output": { "label": "invoice" },
    "model": { "name": "router", "version": "1.0" }, "segments": { "region": "eu" }
  }'`;
}
