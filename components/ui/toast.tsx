"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

import { useLoaded, useWhenIdle } from "./use-loaded";

interface ToastOptions {
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
  const [manager, setManager] = useState<Manager | null>(null);
  const [waiting, setWaiting] = useState<readonly ToastOptions[]>([]);
  useWhenIdle(fetchLayer);
  useEffect(() => {
    if (layer) setManager(layer.createManager());
  }, [layer]);
  // After the layer has mounted and listens.
  useEffect(() => {
    if (!manager || waiting.length === 0) return;
    for (const options of waiting) add(manager, options);
    setWaiting([]);
  }, [manager, waiting]);
  const show = (options: ToastOptions) => {
    void fetchLayer();
    setWaiting((before) => [...before, options]);
  };
  return (
    <ToastContext value={show}>
      {children}
      {layer && manager ? <layer.ToastLayer manager={manager} /> : null}
    </ToastContext>
  );
}

type Manager = ReturnType<Awaited<ReturnType<typeof loadLayer>>["createManager"]>;

function add(manager: Manager, { title, description, kind = "done", undo }: ToastOptions): void {
  const id: string = manager.add({
    title,
    ...(description ? { description } : {}),
    type: kind,
    // Problems wait until they are read.
    timeout: kind === "problem" ? 0 : undo ? 10_000 : 5_000,
    priority: kind === "problem" ? "high" : "low",
    ...(undo
      ? {
          actionProps: {
            children: undo.label ?? "Undo",
            onClick: () => {
              manager.close(id);
              undo.run();
            },
          },
        }
      : {}),
  });
}
