"use client";

import { createContext, type ReactNode, useCallback, useContext, useRef } from "react";

import { useLoaded, useWhenIdle } from "./use-loaded";

export interface ToastOptions {
  title: string;
  description?: string;
  kind?: "done" | "problem";
  /** Shown as a button; it stays ten seconds. */
  undo?: { label?: string; run: () => void };
}

type Show = (options: ToastOptions) => void;

const ToastContext = createContext<Show>(() => {
  throw new Error("A toast is shown outside of ToastProvider.");
});

/** Short messages about what has just happened: `const { show } = useToast(); show({ title: "Saved" })`. */
export function useToast(): { show: Show } {
  return { show: useContext(ToastContext) };
}

const loadLayer = () => import("./toast-layer");

/** What shows the messages is fetched after the page: nothing has happened yet that could be told. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [layer, fetchLayer] = useLoaded(loadLayer);
  const waiting = useRef<ToastOptions[]>([]);
  const add = useRef<Show | null>(null);
  useWhenIdle(fetchLayer);
  const show = useCallback(
    (options: ToastOptions) => {
      void fetchLayer();
      if (add.current) add.current(options);
      else waiting.current.push(options);
    },
    [fetchLayer],
  );
  const ready = useCallback((adding: Show) => {
    add.current = adding;
    for (const options of waiting.current.splice(0)) adding(options);
  }, []);
  return (
    <ToastContext value={show}>
      {children}
      {layer ? <layer.ToastLayer onReady={ready} /> : null}
    </ToastContext>
  );
}
