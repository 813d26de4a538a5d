import { FileCheck } from "lucide-react";
import { pageContext } from "@/app/_boundary/session";
import { RefreshWhile } from "@/app/(app)/[project]/_overview/refresh-while";
import { BreakerBanner } from "@/app/(app)/[project]/input/breaker-banner";
import { DocLink } from "@/components/docs/doc-link";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { draftJson } from "@/lib/contract/contract-json";
import { diffContracts } from "@/lib/contract/diff-contracts";
import { contractDraft, contractVersions, type PublishedContract } from "@/lib/contract/queries";
import { formatInstant } from "@/lib/core/format";
import { suggestRevisions } from "@/lib/drift/suggest-revisions";
import { readOpenBreakers } from "@/lib/incident/breaker-queries";
import { isUnreadable } from "@/lib/incident/breaker-words";
import { REASON_SENTENCES } from "@/lib/quarantine/reason";
import { ContractEditor } from "./contract-editor";
import { ContractVersions, type ShownContract } from "./contract-versions";
import { InferButton } from "./infer-button";
import { ruleWords } from "./rule-words";
import { StartImport } from "./start-import";

export const metadata = { title: "Contract" };

/** Of older versions the numbers stay with their outputs. */
const SHOWN = 10;

export default async function ContractPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await pageContext(params, "project.manage");
  const [versions, row, breakers, suggestions] = await Promise.all([
    contractVersions(ctx),
    contractDraft(ctx),
    readOpenBreakers(ctx),
    suggestRevisions(ctx),
  ]);
  const { slug, timeZone } = project;
  const draft = draftJson(row);
  const [inForce] = versions;
  const waiting = draft?.state === "WAITING";
  const hasRules = inForce !== undefined || draft?.state === "READY";
  return (
    <>
      <PageHeader
        title="Contract"
        description={
          <>
            What inputs and outputs have to look like. Rules are read off the pilot; you decide which count
            and how strictly. <DocLink to="/docs#contract">What a contract does</DocLink>
          </>
        }
        actions={<LinkButton href={`/${slug}/input`}>What came in</LinkButton>}
      />
      {waiting ? <RefreshWhile everySeconds={2} /> : null}
      <div className="flex flex-col gap-4">
        <BreakerBanner
          slug={slug}
          breakers={breakers}
          sentences={REASON_SENTENCES}
          isUnreadable={isUnreadable}
          moment={(at) => formatInstant(at, timeZone)}
        />
        {draft?.state === "FAILED" ? (
          <Banner tone="warn" title="No rules could be read off the pilot">
            {draft.problem}
          </Banner>
        ) : null}
        {inForce === undefined && draft?.state === "READY" && draft.pilot_records === 0 ? (
          <Banner title={`Drafted from ${pastedWords(draft.records)}`}>
            That is little: it says which fields there are and of which type, and nothing is judged by it
            before you publish it. Send 30 or more outputs of your pilot and read the rules off them.
          </Banner>
        ) : null}
        {hasRules ? (
          <>
            <ContractEditor
              key={`${inForce?.version ?? 0} ${inForce ? "" : draft?.requested_at}`}
              slug={slug}
              version={inForce?.version ?? 0}
              definition={inForce?.definition ?? { rules: [] }}
              rates={inForce?.rates ?? null}
              draft={draft}
              suggestions={suggestions}
              sentences={REASON_SENTENCES}
            />
            <ContractVersions
              slug={slug}
              versions={shownVersions(versions, timeZone)}
              sentences={REASON_SENTENCES}
            />
          </>
        ) : (
          <Card>
            <EmptyState
              icon={<FileCheck aria-hidden="true" />}
              title={waiting ? "The pilot is being read" : "There is no contract yet"}
              actions={
                <>
                  <InferButton slug={slug} waiting={waiting} label="Read rules off the pilot" primary />
                  <StartImport slug={slug} />
                </>
              }
            >
              {waiting
                ? "This takes a few seconds; the rules appear here by themselves."
                : "Until there is one, only records that cannot be read at all are held back. Rules are read off 30 or more pilot outputs, best 300; nothing is judged by them before you publish them."}
            </EmptyState>
          </Card>
        )}
      </div>
    </>
  );
}

function pastedWords(records: number): string {
  return records === 1 ? "one pasted record" : `${records} pasted records`;
}

function shownVersions(versions: readonly PublishedContract[], timeZone: string): ShownContract[] {
  return versions.slice(0, SHOWN).map((each, at) => {
    const before = versions[at + 1]?.definition ?? { rules: [] };
    const diff = diffContracts(before, each.definition);
    return {
      version: each.version,
      definition: each.definition,
      since: formatInstant(each.createdAt, timeZone),
      by: each.createdBy,
      note: each.note,
      flagged: each.rates?.flagged ?? null,
      quarantined: each.rates?.quarantined ?? null,
      changes: [
        ...diff.changed.map(({ before: was, after }) => ({
          kind: "changed" as const,
          path: after.path,
          words: `${ruleWords(after)}${after.origin === was.origin ? "" : ` (${after.origin})`}; before: ${ruleWords(was)}`,
        })),
        ...diff.removed.map((rule) => ({
          kind: "removed" as const,
          path: rule.path,
          words: ruleWords(rule),
        })),
        ...diff.added.map((rule) => ({ kind: "added" as const, path: rule.path, words: ruleWords(rule) })),
      ],
    };
  });
}
