"use client";

import { type ComponentProps, useEffect } from "react";
import { useLoaded, useWhenIdle } from "@/components/ui/use-loaded";
import type { Reason } from "./decision";
import type { SignInAgain } from "./sign-in-again";
import type { Connection } from "./use-connection";
import type { ReviewKeys } from "./use-review-keys";

const loadReason = () => import("./reason-dialog").then((loaded) => loaded.ReasonDialog);
const loadSignIn = () => import("./sign-in-again").then((loaded) => loaded.SignInAgain);
const loadHelp = () => import("./shortcut-help").then((loaded) => loaded.ShortcutHelp);

/** The questions above the page. They are fetched after the first item, so that they open without a connection as well. */
export function ReviewDialogs({
  signIn,
  connection,
  asking,
  help,
  reviewKeys,
  onAsking,
  onHelp,
  onReason,
}: {
  signIn: ComponentProps<typeof SignInAgain>;
  connection: Connection;
  asking: Reason["outcome"] | null;
  help: boolean;
  reviewKeys: ReviewKeys;
  onAsking: (outcome: Reason["outcome"] | null) => void;
  onHelp: (open: boolean) => void;
  onReason: (reason: Reason) => void;
}) {
  const [ReasonDialog, fetchReason] = useLoaded(loadReason);
  const [ShortcutHelp, fetchHelp] = useLoaded(loadHelp);
  const [SignIn, fetchSignIn] = useLoaded(loadSignIn);
  const signedOut = signIn.open;
  useEffect(() => {
    if (signedOut && !SignIn) void fetchSignIn();
  }, [signedOut, SignIn, fetchSignIn]);
  useWhenIdle(() => {
    void fetchSignIn();
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
      {SignIn ? <SignIn key={connection} {...signIn} /> : null}
      {ReasonDialog ? (
        <ReasonDialog
          outcome={asking}
          singleKeys={reviewKeys.on}
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
