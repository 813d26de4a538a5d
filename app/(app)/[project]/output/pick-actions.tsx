"use client";

import { Hand } from "lucide-react";

import { PickDialog } from "@/app/(app)/[project]/output/picked/pick-dialog";
import { outputsText } from "@/app/(app)/[project]/output/picked/picked-words";
import { Button, TextLink } from "@/components/ui/button";
import { formatCount } from "@/lib/core/format";
import type { OutputPage } from "@/lib/output/schema";
import { MOST_PICKED } from "@/lib/review/most-picked";

import { filterOf, type PageQuery } from "./output-address";

/** Has the marked outputs looked at, or, when none is marked, all that the filter finds. */
export function PickActions({
  slug,
  query,
  page,
  chosen,
  onPicked,
}: {
  slug: string;
  query: PageQuery;
  page: Pick<OutputPage, "matching" | "matching_all">;
  chosen: ReadonlySet<string>;
  onPicked: () => void;
}) {
  const { matching, matching_all } = page;
  const beyond = !matching_all || matching > MOST_PICKED;
  const all = beyond
    ? `the newest ${formatCount(Math.min(matching, MOST_PICKED))}`
    : `all ${formatCount(matching)}`;
  const some = chosen.size > 0;
  return (
    <>
      <TextLink href={`/${slug}/output/picked`} className="text-sm">
        Hand-picked
      </TextLink>
      <PickDialog
        slug={slug}
        from={
          some
            ? { origin: "selection", outputs: [...chosen].slice(0, MOST_PICKED) }
            : { origin: "filter", filter: filterOf(query) }
        }
        subject={
          some
            ? outputsText(Math.min(chosen.size, MOST_PICKED))
            : matching === 1
              ? "this output"
              : `${all} outputs`
        }
        beyond={some ? chosen.size > MOST_PICKED : beyond}
        trigger={
          <Button size="md">
            <Hand aria-hidden="true" />
            {some ? `Have ${formatCount(chosen.size)} looked at` : `Have ${all} looked at`}
          </Button>
        }
        onPicked={onPicked}
      />
    </>
  );
}
