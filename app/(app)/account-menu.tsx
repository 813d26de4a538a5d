"use client";

import { UserMenu } from "@/components/shell/user-menu";
import { problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import { signOut } from "./sign-out";

/** The account menu of pages outside of a project. */
export function AccountMenu({ name }: { name: string }) {
  const { show } = useToast();
  return (
    <UserMenu
      compact
      user={{ name }}
      onSignOut={() => {
        signOut().catch((error: unknown) => show({ title: problemSentence(error), kind: "problem" }));
      }}
    />
  );
}
