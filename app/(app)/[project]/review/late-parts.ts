"use client";

import { latePart } from "@/components/ui/late-part";

/* What the screen can begin without: it is fetched as soon as the page has nothing else to do. */

export const revealedPart = latePart(() => import("./revealed-view"));
export const emptyPart = latePart(() => import("./review-empty"));
export const noticesPart = latePart(() => import("./sending-notices"));

export function fetchLateParts(): void {
  for (const part of [revealedPart, emptyPart, noticesPart]) void part.fetch();
}
