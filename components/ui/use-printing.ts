"use client";

import { useSyncExternalStore } from "react";

import { formatInstant } from "@/lib/core/format";

/** Whether the page is being printed: for what only paper needs, like the table beside a chart. */
export function usePrinting(): boolean {
  return usePrintTime() !== null;
}

/** "2 Mar 2026, 14:05 (Europe/Berlin)" while the page is being printed, else null. */
export function usePrintTime(): string | null {
  return useSyncExternalStore(onPrint, printTime, nothing);
}

function printTime(): string | null {
  if (!window.matchMedia("print").matches) return null;
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return `${formatInstant(new Date(), timeZone)} (${timeZone})`;
}

function onPrint(changed: () => void): () => void {
  const print = window.matchMedia("print");
  print.addEventListener("change", changed);
  return () => print.removeEventListener("change", changed);
}

const nothing = () => null;
