"use client";

import { useRouter } from "next/navigation";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { fetchJson } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";

/** Takes the simulated project away; it can be made again. */
export function RemoveDemo() {
  const router = useRouter();
  const { show } = useToast();
  return (
    <ConfirmDialog
      title="Remove the simulated project?"
      description="Everything in it goes, its simulated reviewers too. Your own projects are not touched. You can make it again."
      confirmLabel="Remove it"
      danger
      trigger={<Button size="sm">Remove it</Button>}
      onConfirm={async () => {
        await fetchJson("/api/v1/demo", { method: "DELETE" });
        show({ title: "The simulated project is gone" });
        router.push("/projects");
        router.refresh();
      }}
    />
  );
}
