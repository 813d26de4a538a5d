"use client";

import { Toast as Base } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect, useState } from "react";

import { Button, buttonStyle } from "./button";
import { cn } from "./class-names";
import type { ToastOptions } from "./toast";

type Manager = ReturnType<typeof Base.createToastManager>;

/** Where the messages appear. `onReady` takes the way to add one, once somebody listens. */
export function ToastLayer({ onReady }: { onReady: (add: (options: ToastOptions) => void) => void }) {
  const [manager] = useState(() => Base.createToastManager());
  useEffect(() => onReady((options) => addToast(manager, options)), [manager, onReady]);
  return (
    <Base.Provider limit={3} toastManager={manager}>
      <Base.Portal>
        <Base.Viewport className="fixed inset-x-3 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-60 flex flex-col gap-2 outline-none sm:right-4 sm:bottom-4 sm:left-auto sm:w-88">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function addToast(manager: Manager, { title, description, kind = "done", undo }: ToastOptions): void {
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

function ToastList() {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => {
    const problem = toast.type === "problem";
    const Icon = problem ? CircleAlert : CircleCheck;
    return (
      <Base.Root
        key={toast.id}
        toast={toast}
        className="rounded-lg bg-overlay shadow-float transition duration-150 data-ending-style:translate-y-2 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
      >
        <Base.Content className="flex items-start gap-2.5 p-3">
          <Icon
            aria-hidden="true"
            className={cn("mt-0.5 size-4 shrink-0", problem ? "text-alarm-ink" : "text-good-ink")}
          />
          <div className="min-w-0 flex-1">
            <Base.Title className="text-sm font-medium text-ink" />
            <Base.Description className="text-sm text-muted" />
          </div>
          {toast.actionProps ? (
            <Base.Action className={cn(buttonStyle({ variant: "secondary", size: "sm" }))} />
          ) : null}
          <Base.Close
            render={<Button variant="ghost" size="icon" aria-label="Dismiss" className="-m-1 size-7" />}
          >
            <X aria-hidden="true" />
          </Base.Close>
        </Base.Content>
      </Base.Root>
    );
  });
}
