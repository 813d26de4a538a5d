import { SearchX } from "lucide-react";

import { PickDialog } from "@/app/(app)/[project]/output/picked/pick-dialog";
import { outputsText } from "@/app/(app)/[project]/output/picked/picked-words";
import { IncidentOutputTable } from "@/components/table/incident-output-table";
import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Paging } from "@/components/ui/paging";
import { LinkTabs } from "@/components/ui/tabs";
import { formatCount } from "@/lib/core/format";
import { type IncidentOutputs, type IncidentOutputsQuery, SHOWN_OUTPUTS } from "@/lib/incident/output-schema";
import { MOST_PICKED } from "@/lib/review/most-picked";

const LABEL = { wrong: "Wrong", right: "Right", unsure: "Cannot judge", all: "All" } as const;
const ORDER = ["all", ...SHOWN_OUTPUTS.filter((each) => each !== "all")] as const;

/** The exact reviews that the finding rests on; filter and page are in the address. */
export function IncidentOutputsCard({
  slug,
  incidentId,
  timeZone,
  query,
  outputs,
  withPreview,
  explorerHref,
  canPick,
}: {
  slug: string;
  incidentId: string;
  timeZone: string;
  query: IncidentOutputsQuery;
  outputs: IncidentOutputs;
  withPreview: boolean;
  /** The same time and segment among all outputs, reviewed or not. */
  explorerHref: string | null;
  /** May have outputs looked at. */
  canPick: boolean;
}) {
  const shown = outputs.counts[query.show];
  const hrefOf = ({ show, page }: IncidentOutputsQuery) => {
    const parameters = new URLSearchParams();
    if (show !== "all") parameters.set("show", show);
    if (page > 1) parameters.set("page", String(page));
    const text = parameters.toString();
    return `/${slug}/incident/${incidentId}${text ? `?${text}` : ""}#outputs`;
  };
  return (
    <Card
      flush
      title={<span id="outputs">The reviews behind it</span>}
      description="Every reviewed output of this segment since the likely start, exactly as the monitor was given it; wrong ones first."
      actions={
        <>
          {explorerHref ? (
            <TextLink href={explorerHref} className="text-sm">
              All outputs of that time
            </TextLink>
          ) : null}
          {canPick && shown > 0 ? (
            <PickDialog
              slug={slug}
              from={{ origin: "incident", incident: incidentId, show: query.show }}
              subject={outputsText(Math.min(shown, MOST_PICKED))}
              beyond={shown > MOST_PICKED}
            />
          ) : null}
        </>
      }
      footer={
        outputs.pages > 1 ? (
          <Paging page={query.page} pages={outputs.pages} hrefOf={(page) => hrefOf({ ...query, page })} />
        ) : null
      }
    >
      <div className="px-4">
        <LinkTabs
          label="Which reviews"
          current={hrefOf({ show: query.show, page: 1 })}
          tabs={ORDER.map((show) => ({
            href: hrefOf({ show, page: 1 }),
            label: (
              <>
                {LABEL[show]}
                <span className="rounded-full bg-hover px-1.5 text-2xs text-muted tabular">
                  {formatCount(outputs.counts[show])}
                </span>
              </>
            ),
          }))}
        />
      </div>
      {outputs.outputs.length > 0 ? (
        <IncidentOutputTable
          outputs={outputs.outputs}
          timeZone={timeZone}
          withPreview={withPreview}
          hrefOf={(output) => `/${slug}/output/${output.id}`}
        />
      ) : (
        <EmptyState icon={<SearchX aria-hidden="true" />} title="None of the reviews is like that">
          {outputs.counts.all > 0 ? "Choose another kind above." : "The reviewed days are no longer here."}
        </EmptyState>
      )}
    </Card>
  );
}
