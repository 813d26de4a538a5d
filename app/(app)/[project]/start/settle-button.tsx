"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";

import { Button } from "@/components/ui/button";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import type { StartStep } from "@/lib/start/schema";

/** Leaves a step out, or takes it as done, and goes on to the next one or `to`; an earlier choice can be taken back. */
export function SettleButton({
  slug,
  step,
  settled,
  label,
  to = `/${slug}/start`,
  primary = false,
}: {
  slug: string;
  step: StartStep;
  settled: boolean;
  label: string;
  to?: string;
  primary?: boolean;
}) {
  const router = useRouter();
  const { show } = useToast();
  const press = async () => {
    try {
      await fetchJson(`/api/v1/projects/${slug}/start/steps`, { method: "PUT", body: { step, settled } });
      // Without a step in the address the first open one is shown.
      if (settled) router.push(to as Route, { scroll: false });
      router.refresh();
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
  };
  return (
    <Button variant={primary ? "primary" : "ghost"} onClick={() => void press()}>
      {label}
    </Button>
  );
}
