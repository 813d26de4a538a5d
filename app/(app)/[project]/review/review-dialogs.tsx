"use client";

import { useEffect } from "react";
import { useLoaded, useWhenIdle } from "@/components/ui/use-loaded";
import type { Reason } from "./decision";
import type { ReviewKeys } from "./use-review-keys";

const loadReason = () => import("./reason-dialog").then((loaded) => loaded.ReasonDialog);
const loadHelp = () => import("./shortcut-help").then((loaded) => loaded.ShortcutHelp);

/** The questions above the page. They are fetched after the first item, so that they open without a connection as well. */
export function ReviewDialogs({
  asking,
  help,
  reviewKeys,
  onAsking,
  onHelp,
  onReason,
}: {
  asking: Reason["outcome"] | null;
  help: boolean;
  reviewKeys: ReviewKeys;
  onAsking: (outcome: Reason["outcome"] | null) => void;
  onHelp: (open: boolean) => void;
  onReason: (reason: Reason) => void;
}) {
  const [ReasonDialog, fetchReason] = useLoaded(loadReason);
  const [ShortcutHelp, fetchHelp] = useLoaded(loadHelp);
  useWhenIdle(() => {
    void fetchReason();
    void fetchHelp();
  });
  useEffect(() => {
    if (asking && !ReasonDialog) void fetchReason().then((loaded) => loaded ?? onAsking(null));
  }, [asking, ReasonDialog, fetchReason, onAsking]);
  useEffect(() => {
    if (help && !ShortcutHelp) void fetchHelp().then((loaded) => loaded ?? onHelp(false));
  }, [help, ShortcutHelp, fetchHelp, onHelp]);
  return (
    <>
      {ReasonDialog ? (
        <ReasonDialog
          outcome={asking}
          onClose={() => onAsking(null)}
          onReason={(reason) => {
            onAsking(null);
            onReason(reason);
          }}
        />
      ) : null}
      {ShortcutHelp ? <ShortcutHelp open={help} onOpenChange={onHelp} reviewKeys={reviewKeys} /> : null}
    </>
  );
}
