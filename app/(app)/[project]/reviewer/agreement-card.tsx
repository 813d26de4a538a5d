import { DocLink } from "@/components/docs/doc-link";
import { AgreementMatrix } from "@/components/table/agreement-matrix";
import { Card } from "@/components/ui/card";
import { Explain } from "@/components/ui/explain";
import type { Coefficient, Rate, ReviewersReport } from "@/lib/review/people-schema";
import { formatDecimal } from "@/lib/core/format";

import { agreementWords, rateWords } from "./reviewer-words";

/** How far people agree: a sentence, the measures, and who agrees with whom. */
export function AgreementCard({ report }: { report: ReviewersReport }) {
  const { agreement, pairs, reviewers } = report;
  const paired = reviewers.filter(({ reviewer_id }) =>
    pairs.some(({ first, second }) => first === reviewer_id || second === reviewer_id),
  );
  return (
    <Card title="Do people agree?">
      <p className="max-w-3xl text-sm text-ink text-pretty">{agreementWords(agreement)}</p>
      <div className="mt-4 flex flex-wrap items-start gap-x-10 gap-y-5">
        {agreement.measures ? <Measures n={agreement.n} measures={agreement.measures} /> : null}
        {paired.length > 0 ? (
          <div className="min-w-0">
            <h3 className="mb-1.5 text-sm font-medium text-ink">Who agrees with whom</h3>
            <AgreementMatrix people={paired} pairs={pairs} />
          </div>
        ) : null}
      </div>
    </Card>
  );
}

function Measures({
  n,
  measures,
}: {
  n: number;
  measures: NonNullable<ReviewersReport["agreement"]["measures"]>;
}) {
  const rows: { name: string; explain: string; value: string }[] = [
    {
      name: "Same verdict",
      explain: "Share of the outputs that two people judged alike, both right or both wrong.",
      value: rateWords(measures.same),
    },
    {
      name: "Agreement on wrong",
      explain:
        "When one person finds an output wrong, how often the other does too. It stays telling when errors are rare.",
      value: shareText(measures.on_wrong),
    },
    {
      name: "Agreement on right",
      explain: "When one person finds an output right, how often the other does too.",
      value: shareText(measures.on_right),
    },
    {
      name: "Gwet's AC1",
      explain:
        "Agreement beyond chance, from 0 to 1, that stays high when nearly everything is right and people agree on it.",
      value: coefficientText(measures.ac1),
    },
    {
      name: "Krippendorff's alpha",
      explain:
        "Agreement beyond chance: from 0.8 on it is good, below 0.67 the guidelines need work. It is low where errors are rare.",
      value: coefficientText(measures.alpha),
    },
    ...(measures.kappa
      ? [
          {
            name: "Cohen's kappa",
            explain: "Agreement beyond chance of the two people who judged all of these outputs.",
            value: coefficientText(measures.kappa),
          },
        ]
      : []),
  ];
  return (
    <dl className="grid grid-cols-[auto_auto] items-center gap-x-4 gap-y-0.5 text-sm">
      {rows.map(({ name, explain, value }) => (
        <div key={name} className="contents">
          <dt className="flex items-center text-muted">
            {name}
            <Explain of={name}>
              {explain} <DocLink to="/docs/numbers#people">How people are measured</DocLink>
            </Explain>
          </dt>
          <dd className="text-right text-ink tabular">{value}</dd>
        </div>
      ))}
      <dt className="text-muted">Outputs judged twice</dt>
      <dd className="text-right text-ink tabular">{n}</dd>
    </dl>
  );
}

function shareText(rate: Rate | null): string {
  return rate ? rateWords(rate) : "nobody said so";
}

function coefficientText(found: Coefficient | null): string {
  if (!found) return "only one verdict occurs";
  const range =
    found.low === null || found.high === null
      ? ""
      : ` (${formatDecimal(found.low, 2)} to ${formatDecimal(found.high, 2)})`;
  return `${formatDecimal(found.value, 2)}${range}`;
}
