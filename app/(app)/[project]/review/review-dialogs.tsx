"use client";

import { useEffect } from "react";
import { useLoaded, useWhenIdle } from "@/components/ui/use-loaded";
import type { Reason } from "./decision";

const loadReason = () => import("./reason-dialog").then((loaded) => loaded.ReasonDialog);
const loadHelp = () => import("./shortcut-help").then((loaded) => loaded.ShortcutHelp);

/** The questions above the page. They are fetched after the first item, so that they open without a connection as well. */
export function ReviewDialogs({
  asking,
  help,
  singleKeys,
  onAsking,
  onHelp,
  onSingleKeys,
  onReason,
}: {
  asking: Reason["outcome"] | null;
  help: boolean;
  singleKeys: boolean;
  onAsking: (outcome: Reason["outcome"] | null) => void;
  onHelp: (open: boolean) => void;
  onSingleKeys: (on: boolean) => void;
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
      {ShortcutHelp ? (
        <ShortcutHelp open={help} onOpenChange={onHelp} singleKeys={singleKeys} onSingleKeys={onSingleKeys} />
      ) : null}
    </>
  );
}
