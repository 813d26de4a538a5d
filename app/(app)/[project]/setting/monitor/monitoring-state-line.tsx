import { stateWords } from "@/components/monitor/state-words";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import type { MonitoringState } from "@/lib/monitor/schema";

interface StateLineProps {
  slug: string;
  state: MonitoringState;
  now: Date;
  canReview: boolean;
}

/** Whether the monitors run, and what they wait for. */
export function MonitoringStateLine({ slug, state, now, canReview }: StateLineProps) {
  const { tone, title, sentence } = stateWords(state, now);
  const needsReviews =
    state.oldest_waiting !== null && state.oldest_waiting.reviews > 0 && state.state !== "stale";
  const action =
    state.reason === "no_outputs"
      ? { href: `/${slug}/setting/keys`, label: "API keys" }
      : state.reason !== "no_boundary" && needsReviews && canReview
        ? { href: `/${slug}/review`, label: "Open the queue" }
        : null;
  return (
    <Banner
      tone={tone}
      title={title}
      actions={action ? <LinkButton href={action.href}>{action.label}</LinkButton> : null}
    >
      {sentence}
    </Banner>
  );
}
