import type { ReactNode } from "react";

import { Banner } from "@/components/ui/banner";
import { LinkButton, Spinner, TextLink } from "@/components/ui/button";
import { formatCount } from "@/lib/core/format";
import type { ShownReason } from "@/lib/quarantine/shown-reasons";

import { BareSpans } from "@/app/(app)/[project]/input/bare-spans";
import { ReasonList } from "@/app/(app)/[project]/input/reason-list";

export interface ArrivalFacts {
  slug: string;
  /** Newest first; none before the first. */
  outputs: readonly { externalId: string; receivedAt: string; segments: string }[];
  accepted: number;
  flagged: number;
  quarantined: number;
  refused: number;
  /** Spans that say nothing of what went in and came out. */
  bareSpans: number;
  held: readonly { id: string; externalId: string | null; reasons: readonly ShownReason[] }[];
  /** When one of the keys was used last, in words; null: never. */
  keyUsedAt: string | null;
}

/** What has come in so far, and why not when nothing could be taken. It changes by itself. */
export function Arrival(facts: ArrivalFacts) {
  const { slug, accepted, flagged, quarantined } = facts;
  const taken = accepted + flagged;
  return (
    <div aria-live="polite" className="flex flex-col gap-3">
      {taken > 0 ? (
        <Banner
          tone="good"
          title={taken === 1 ? "Your first output is in" : `${formatCount(taken)} outputs are in`}
          actions={
            <LinkButton size="sm" variant="primary" href={`/${slug}/start`} scroll={false}>
              Go on
            </LinkButton>
          }
        >
          <Taken {...facts} />
        </Banner>
      ) : null}
      <BareSpans count={facts.bareSpans} />
      {quarantined > facts.bareSpans ? (
        <Banner
          tone="warn"
          title={
            quarantined === 1
              ? "One record was kept, but cannot be read as an output"
              : `${formatCount(quarantined)} records were kept, but cannot be read as outputs`
          }
          actions={
            <LinkButton size="sm" href={`/${slug}/input`}>
              See them
            </LinkButton>
          }
        >
          <Held {...facts} />
        </Banner>
      ) : null}
      {taken === 0 && quarantined === 0 ? <Waiting {...facts} /> : null}
    </div>
  );
}

function Taken({ slug, outputs, flagged }: ArrivalFacts) {
  const [first] = outputs;
  if (!first) return null;
  return (
    <>
      The newest is{" "}
      <TextLink href={`/${slug}/output`}>
        <bdi>{first.externalId}</bdi>
      </TextLink>
      , received {first.receivedAt}
      {first.segments === "" ? "" : `, with ${first.segments}`}.
      {flagged > 0 ? ` ${formatCount(flagged)} of them have something odd: see Input.` : ""}
    </>
  );
}

function Held({ held }: ArrivalFacts): ReactNode {
  return (
    <ul className="mt-1 flex flex-col gap-2">
      {held.map(({ id, externalId, reasons }) => (
        <li key={id}>
          {externalId ? <bdi className="font-mono text-xs">{externalId}</bdi> : null}
          <ReasonList reasons={reasons} most={3} />
        </li>
      ))}
    </ul>
  );
}

function Waiting({ keyUsedAt, refused }: ArrivalFacts) {
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line bg-sunken px-3.5 py-3 text-sm">
      <p className="flex items-center gap-2.5 text-ink">
        <Spinner /> Waiting for the first output. This page notices it by itself.
      </p>
      {keyUsedAt ? (
        <p className="text-muted">
          A request came with a key of this project {keyUsedAt}
          {refused > 0 ? `, and ${formatCount(refused)} records were refused` : ""}, but nothing of it was
          kept: the answer that it got says why.
        </p>
      ) : null}
      <details className="text-muted">
        <summary className="cursor-pointer rounded-sm text-ink">Nothing comes?</summary>
        <ul className="mt-1.5 flex list-disc flex-col gap-1 pl-5">
          <li>“401”: the key is not complete or was revoked. Make another one.</li>
          <li>
            “Connection refused” or no answer: the terminal cannot reach this address from where it runs.
          </li>
          <li>“400” or “415”: the body is no JSON, or has another content type than application/json.</li>
          <li>“202” with “quarantined”: it arrived, and this page says what is wrong with it.</li>
        </ul>
      </details>
    </div>
  );
}
