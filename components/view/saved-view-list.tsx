"use client";

import { BookmarkPlus, ListX } from "lucide-react";
import { useCallback, useEffect, useState } from "react";

import { type AnchoredMenu, Menu, MenuGroup, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import type { SavedViewRow, ViewKind } from "@/lib/view/schema";

import { ManageViewsDialog } from "./manage-views-dialog";
import { SaveViewDialog } from "./save-view-dialog";
import { presentQuery, viewAddress } from "./view-address";

export interface ViewPlace {
  slug: string;
  kind: ViewKind;
}

interface Known {
  views: readonly SavedViewRow[];
  mayShare: boolean;
}

/** The menu of the views, and what it opens. The views are asked for each time, since others save some too. */
export function SavedViewList({ slug, kind, anchored }: ViewPlace & AnchoredMenu) {
  const [known, problem, read] = useViews({ slug, kind });
  const [dialog, setDialog] = useState<"save" | "manage" | null>(null);
  const { open } = anchored;
  useEffect(() => {
    if (open) void read();
  }, [open, read]);
  const present = presentQuery();
  const { views, mayShare } = known ?? { views: [], mayShare: false };
  return (
    <>
      <Menu anchored={anchored} align="end" className="w-72">
        {problem ? <p className="px-2 py-1.5 text-sm text-alarm-ink">{problem}</p> : null}
        {known && views.length === 0 ? (
          <p className="px-2 py-1.5 text-sm text-muted text-pretty">
            None yet. Set the page as you need it again, then save it under a name.
          </p>
        ) : null}
        {known || problem ? null : <p className="px-2 py-1.5 text-sm text-subtle">Loading …</p>}
        <Views
          label="For everybody"
          views={views.filter(({ shared }) => shared)}
          slug={slug}
          present={present}
        />
        <Views label="Your own" views={views.filter(({ shared }) => !shared)} slug={slug} present={present} />
        <MenuSeparator />
        <MenuItem onClick={() => setDialog("save")}>
          <BookmarkPlus aria-hidden="true" />
          Save this view …
        </MenuItem>
        {views.some(({ shared }) => !shared || mayShare) ? (
          <MenuItem onClick={() => setDialog("manage")}>
            <ListX aria-hidden="true" />
            Rename or delete …
          </MenuItem>
        ) : null}
      </Menu>
      {dialog === "save" ? (
        <SaveViewDialog slug={slug} kind={kind} mayShare={mayShare} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === "manage" ? (
        <ManageViewsDialog
          slug={slug}
          views={views.filter(({ shared }) => !shared || mayShare)}
          onChanged={read}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </>
  );
}

function useViews({ slug, kind }: ViewPlace) {
  const [known, setKnown] = useState<Known | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const read = useCallback(async () => {
    try {
      const { views, may_share } = await fetchJson(`/api/v1/projects/${slug}/views?kind=${kind}`, {
        parse: async (answer) => (await import("@/lib/view/schema")).viewListSchema.parse(answer),
      });
      setKnown({ views, mayShare: may_share });
      setProblem(null);
    } catch (error) {
      setProblem(problemSentence(error));
    }
  }, [slug, kind]);
  return [known, problem, read] as const;
}

function Views({
  label,
  views,
  slug,
  present,
}: {
  label: string;
  views: readonly SavedViewRow[];
  slug: string;
  present: string;
}) {
  if (views.length === 0) return null;
  return (
    <MenuGroup label={label}>
      {views.map((view) => (
        <MenuLink key={view.id} href={viewAddress(slug, view)} current={view.query === present}>
          <span className="truncate">{view.name}</span>
        </MenuLink>
      ))}
    </MenuGroup>
  );
}
