"use client";

import { latePart } from "@/components/ui/late-part";

/* What the screen can begin without: it is fetched as soon as the page has nothing else to do. */

export const revealedPart = latePart(() => import("./revealed-view"));
export const emptyPart = latePart(() => import("./review-empty"));
export const noticesPart = latePart(() => import("./sending-notices"));

export const outputPart = latePart(() => import("./output-shown"));
export const remarksPart = latePart(() => import("./input-remarks"));
export const outlookPart = latePart(() => import("./queue-outlook"));
export const messagesPart = latePart(() => import("./item-messages"));
export const elsewherePart = latePart(() => import("./working-elsewhere"));

export function fetchLateParts(): void {
  for (const part of [
    revealedPart,
    emptyPart,
    noticesPart,
    messagesPart,
    elsewherePart,
    outlookPart,
    remarksPart,
    outputPart,
  ])
    void part.fetch();
}
