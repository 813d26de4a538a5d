"use client";

import { useRouter } from "next/navigation";

import { Button } from "@/components/ui/button";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";

/** Brings the tour of the demo back, also for somebody who has put it away. */
export function ShowTour({ slug }: { slug: string }) {
  const router = useRouter();
  const { show } = useToast();
  const press = async () => {
    try {
      await fetchJson("/api/v1/session/tour", { method: "PUT", body: { shown: true } });
      router.push(`/${slug}`);
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
  };
  return <Button onClick={() => void press()}>Show the tour</Button>;
}
