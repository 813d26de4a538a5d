import { ruleWords } from "@/app/(app)/[project]/setting/contract/rule-words";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { Card, Stat } from "@/components/ui/card";
import type { BreakerJson } from "@/lib/contract/breaker-schema";
import type { ProposedRevision } from "@/lib/contract/propose-revision";
import { formatCount, formatPercent, formatProbability } from "@/lib/core/format";

import { BreakerActions } from "./breaker-actions";
import { PublishProposal } from "./publish-proposal";
import { ReplayHeld } from "./replay-held";

interface ShownBreaker extends BreakerJson {
  sentence: string;
  /** No contract could take such records. */
  unreadable: boolean;
}

/** Rules that one change breaks in mass: where each stands, what a person can decide, and one contract that would mend them all. */
export function BreakerCards({
  slug,
  breakers,
  proposal,
  canManage,
}: {
  slug: string;
  breakers: readonly ShownBreaker[];
  /** Null where there is nothing to propose; its revision is null where no rule could be loosened. */
  proposal: { revision: ProposedRevision | null } | null;
  canManage: boolean;
}) {
  return (
    <>
      {breakers.map((breaker) => (
        <BreakerCard
          key={breaker.id}
          slug={slug}
          breaker={breaker}
          title={breakers.length === 1 ? "Where it stands" : breaker.sentence}
          canManage={canManage}
        />
      ))}
      {proposal ? <Proposal slug={slug} proposal={proposal.revision} /> : null}
    </>
  );
}

function BreakerCard({
  slug,
  breaker,
  title,
  canManage,
}: {
  slug: string;
  breaker: ShownBreaker;
  title: string;
  canManage: boolean;
}) {
  const { unreadable } = breaker;
  return (
    <Card
      title={title}
      actions={
        <Badge tone={breaker.closed_at ? "good" : breaker.holding ? "warn" : "alarm"}>
          {stateWord(breaker, unreadable)}
        </Badge>
      }
    >
      <p className="mb-4 max-w-3xl text-sm text-muted text-pretty">{stateSentence(breaker, unreadable)}</p>
      <BreakerNumbers breaker={breaker} />
      {breaker.sender_fault === null ? null : (
        <p className="mt-4 rounded-md bg-sunken px-2.5 py-1.5 text-sm break-words whitespace-pre-wrap text-muted">
          The sender is at fault: {breaker.sender_fault}
        </p>
      )}
      {canManage ? (
        <div className="mt-4 flex flex-wrap gap-2">
          {breaker.closed_at ? null : (
            <BreakerActions
              slug={slug}
              breakerId={breaker.id}
              holding={breaker.holding}
              unreadable={unreadable}
            />
          )}
          {breaker.held > 0 && !unreadable ? (
            <ReplayHeld slug={slug} code={breaker.code} records={breaker.held} />
          ) : null}
        </div>
      ) : null}
    </Card>
  );
}

function BreakerNumbers({ breaker }: { breaker: BreakerJson }) {
  return (
    <div className="grid grid-cols-2 gap-x-6 gap-y-4 lg:grid-cols-3">
      <Stat
        label="Newest records"
        value={breaker.now ? formatPercent(breaker.now.hits / breaker.now.records, 0) : "–"}
        detail={
          breaker.now
            ? `${formatCount(breaker.now.hits)} of ${formatCount(breaker.now.records)}`
            : "none by this contract"
        }
      />
      <Stat
        label="When it opened"
        value={formatPercent(breaker.hits / breaker.records, 0)}
        detail={`${formatCount(breaker.hits)} of ${formatCount(breaker.records)}; expected ${formatProbability(breaker.expected)}`}
      />
      <Stat
        label="Still held back"
        value={formatCount(breaker.held)}
        detail={breaker.held === 0 ? "nothing for this reason" : "since before it opened, or by decision"}
      />
    </div>
  );
}

const SHOWN = 10;

function Proposal({ slug, proposal }: { slug: string; proposal: ProposedRevision | null }) {
  const editor = <LinkButton href={`/${slug}/setting/contract`}>Open the contract</LinkButton>;
  if (!proposal) {
    return (
      <Card title="A contract that fits" actions={editor}>
        <p className="text-sm text-muted">
          No rule could be loosened by itself. Look at the contract: a rule may have to go.
        </p>
      </Card>
    );
  }
  const { changes, rates } = proposal;
  return (
    <Card
      title="A contract that fits"
      description="If this is how things are now, accept it as the next version. If the sender is wrong, leave the contract as it is."
    >
      <ul className="flex flex-col divide-y divide-line text-sm">
        {changes.slice(0, SHOWN).map(({ before, after }) => (
          <li key={`${before.rule} ${before.path}`} className="py-1.5 [overflow-wrap:anywhere]">
            <span className="font-mono text-xs text-subtle">{before.path}</span>{" "}
            {after ? ruleWords(after) : "is not asked for any more"}
            <span className="block text-xs text-subtle">so far: {ruleWords(before)}</span>
          </li>
        ))}
      </ul>
      {changes.length > SHOWN ? (
        <p className="text-sm text-muted">and {formatCount(changes.length - SHOWN)} more</p>
      ) : null}
      <p className="mt-3 text-sm text-muted">
        {rates
          ? `Of outputs like the pilot's it would flag ${formatProbability(rates.flagged)} and hold back ${formatProbability(rates.quarantined)}, each judged by rules from the other nine tenths.`
          : "There are no pilot outputs to try it on."}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <PublishProposal
          slug={slug}
          definition={proposal.definition}
          baseVersion={proposal.baseVersion}
          note="Taken over after it was broken in mass."
        />
        {editor}
      </div>
    </Card>
  );
}

function stateWord({ closed_how: how, holding }: BreakerJson, unreadable: boolean): string {
  if (how === "published") return "Over: contract changed";
  if (how === "fell_back") return "Over";
  if (unreadable) return "Kept in quarantine";
  return holding ? "Held back by decision" : "Taken and flagged";
}

function stateSentence({ closed_how: how, holding }: BreakerJson, unreadable: boolean): string {
  if (how === "published")
    return "Another version of the contract was published; from then on it judges what comes in.";
  if (how === "fell_back")
    return "The share has fallen back by itself. Such records are judged one by one as ever.";
  const end = "It ends by itself when the share has fallen back, or with another version of the contract.";
  if (unreadable) return `No contract could take such records; the sender has to change. ${end}`;
  return holding
    ? `Somebody decided to hold such records back all the same. ${end}`
    : `Records with this reason are taken and flagged instead of being held back: so many are no exceptions. ${end}`;
}
