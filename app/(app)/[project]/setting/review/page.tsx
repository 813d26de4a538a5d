import { pageContext } from "@/app/_boundary/session";
import { DocLink } from "@/components/docs/doc-link";
import { LinkButton, TextLink } from "@/components/ui/button";
import { Card, DescriptionList } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { formatDay, formatInstant, formatPercent } from "@/lib/core/format";
import { localDay } from "@/lib/core/local-day";
import { readTotals } from "@/lib/estimate/read-cells";
import { keptAnchoring } from "@/lib/review/anchoring";
import { formInForce, type GoldCandidate, goldCandidates } from "@/lib/review/gold-candidates";
import { type GoldItem, goldItems } from "@/lib/review/gold-items";
import { goldMix } from "@/lib/review/gold-mix";
import { readErrorShare } from "@/lib/review/read-probe-facts";
import { readReviewSetting } from "@/lib/review/review-setting";
import type { AnswerDefinition } from "@/lib/review/schema";
import { listPlans } from "@/lib/sampling/plan-queries";

import { type CandidateRow, GoldCandidateTable } from "./gold-candidate-table";
import { type GoldItemRow, GoldItemTable } from "./gold-item-table";
import { ReviewSettingForm } from "./review-setting-form";
import { anchoringWords, armWords, mixWords } from "./setting-words";

export const metadata = { title: "Reviewing" };

const SHOWN_CANDIDATES = 25;

export default async function ReviewSettingPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await pageContext(params, "project.manage");
  const { production } = await readTotals(ctx.db, project.id, { attribute: "", value: "" });
  const [setting, errorShare, arms, form, [plan]] = await Promise.all([
    readReviewSetting(ctx),
    readErrorShare(ctx.db, project.id),
    keptAnchoring(ctx, production.reviews),
    formInForce(ctx),
    listPlans(ctx),
  ]);
  const mix = goldMix({ goldShare: setting.gold_share, errorShare });
  return (
    <>
      <PageHeader
        title="Reviewing"
        description={
          <>
            What a reviewer sees first, and how you find out how well they judge.{" "}
            <DocLink to="/docs/numbers#blind">Why blind first</DocLink>
          </>
        }
        actions={<LinkButton href={`/${project.slug}/reviewer`}>How people judge</LinkButton>}
      />
      <div className="flex flex-col gap-4">
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <ReviewSettingForm
            key={JSON.stringify(setting)}
            slug={project.slug}
            setting={setting}
            mix={mixWords(mix, setting.gold_share)}
          />
          <div className="flex min-w-0 flex-col gap-4">
            {arms ? <Arms arms={arms} timeZone={project.timeZone} /> : null}
            <SecondOpinions slug={project.slug} share={plan?.double_review_share ?? 0} />
          </div>
        </div>
        {form ? (
          <KnownItems
            slug={project.slug}
            definition={form.definition}
            items={await goldItems(ctx, form.definition)}
            candidates={await goldCandidates(ctx, form.definition, { limit: SHOWN_CANDIDATES })}
            wrongShare={mix.wrongShare}
          />
        ) : null}
      </div>
    </>
  );
}

/** What the part that is answered first says about the rest. */
function Arms({
  arms,
  timeZone,
}: {
  arms: NonNullable<Awaited<ReturnType<typeof keptAnchoring>>>;
  timeZone: string;
}) {
  return (
    <Card title="Are people led by what they see?">
      <p className="mb-3 text-sm text-ink text-pretty">{anchoringWords(arms.difference)}</p>
      <DescriptionList
        items={[
          { term: "Answer first", detail: armWords(arms.blind) },
          { term: "Output first", detail: armWords(arms.outputFirst) },
          { term: "Since", detail: formatDay(localDay(arms.since, timeZone)) },
          ...(arms.madeAt ? [{ term: "As of", detail: formatInstant(arms.madeAt, timeZone) }] : []),
        ]}
      />
    </Card>
  );
}

function SecondOpinions({ slug, share }: { slug: string; share: number }) {
  return (
    <Card title="Second opinions">
      <p className="text-sm text-muted text-pretty">
        {share > 0
          ? `${formatPercent(share, 0)} of the samples are judged by two people, drawn at random. Where they differ, a third decides without knowing who said what.`
          : "No sample is judged by two people, so nobody knows how far reviewers agree."}
      </p>
      <p className="mt-3 text-sm">
        <TextLink href={`/${slug}/setting/sampling`}>Change it in the sampling plan</TextLink>
      </p>
    </Card>
  );
}

function KnownItems({
  slug,
  definition,
  items,
  candidates,
  wrongShare,
}: {
  slug: string;
  definition: AnswerDefinition;
  items: readonly GoldItem[];
  candidates: readonly GoldCandidate[];
  wrongShare: number;
}) {
  const inService = items.filter((item) => item.retiredAt === null && item.fits).length;
  return (
    <>
      <Card
        flush
        title={inService === 0 ? "Known items" : `Known items, ${inService} in service`}
        description="Nobody gets an item that they made, or whose output they have judged before. One that most people miss may be mistaken itself."
      >
        {items.length > 0 ? (
          <GoldItemTable slug={slug} items={items.map((item) => itemRow(item, definition))} />
        ) : (
          <p className="px-4 pb-4 text-sm text-muted">
            None yet. Make some of the outputs below; twenty or more of them say something about a reviewer.
          </p>
        )}
      </Card>
      <Card
        flush
        title="Outputs whose right answer is known"
        description="Decided by a third person, or settled by truth that was sent."
      >
        {candidates.length > 0 ? (
          <GoldCandidateTable
            slug={slug}
            candidates={candidates.map((candidate) => candidateRow(candidate, definition))}
            wrongShare={wrongShare}
          />
        ) : (
          <EmptyState title="None that is not in use already" className="py-8">
            They come from the pilot&apos;s truth, and from items that two people judged differently and a
            third decided.
          </EmptyState>
        )}
      </Card>
    </>
  );
}

function itemRow(item: GoldItem, { fields }: AnswerDefinition): GoldItemRow {
  const seeded = item.seededField
    ?.split(",")
    .map((key) => fields.find((field) => field.key === key)?.label ?? key);
  return {
    outputId: item.outputId,
    occasion: item.occasion,
    reference: item.reference,
    right: item.expectedVerdict === "CORRECT",
    seededField: seeded?.join(", ") ?? null,
    judged: item.judged,
    asExpected: item.asExpected,
    waiting: item.waiting,
    state: item.mistaken
      ? "mistaken"
      : item.retiredAt !== null
        ? "retired"
        : item.fits
          ? "in service"
          : "does not fit the form",
  };
}

function candidateRow(candidate: GoldCandidate, { fields }: AnswerDefinition): CandidateRow {
  const values = fields.map(({ key, label }) => {
    const value = String(candidate.answer[key] ?? "–");
    return fields.length === 1 ? value : `${label}: ${value}`;
  });
  return {
    outputId: candidate.outputId,
    reference: candidate.reference,
    answer: values.join(", "),
    right: candidate.verdict === "CORRECT",
    knownBy: candidate.knownBy,
  };
}
