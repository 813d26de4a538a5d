"use client";

import { Bookmark, ChevronDown } from "lucide-react";

import { MenuButton } from "@/components/shell/menu-button";
import { buttonStyle } from "@/components/ui/button";
import type { ViewKind } from "@/lib/view/schema";

const loadList = async () => (await import("./saved-view-list")).SavedViewList;

/**
 * The views that were saved of this page: open one, keep the present address as another, rename, delete. What a view keeps is what
 * stands behind the ? of the address; what it opens is the page of its kind.
 */
export function SavedViews({ slug, kind }: { slug: string; kind: ViewKind }) {
  return (
    <MenuButton label="Saved views" className={buttonStyle({})} load={loadList} list={{ slug, kind }}>
      <Bookmark aria-hidden="true" />
      Views
      <ChevronDown aria-hidden="true" className="text-subtle" />
    </MenuButton>
  );
}
