"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** While it is on a page, asks for the page again: it waits for what happens elsewhere. Rests while nobody looks. */
export function RefreshWhile({ everySeconds }: { everySeconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everySeconds * 1000);
    return () => clearInterval(timer);
  }, [router, everySeconds]);
  return null;
}
