"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";

import { ToastProvider } from "@/components/ui/toast";

/** Theme, toasts; the nonce lets the few inline tags of libraries pass the strict content policy. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <CSPProvider {...(nonce ? { nonce } : {})}>
      <ThemeProvider
        attribute="data-theme"
        defaultTheme="system"
        enableSystem
        enableColorScheme={false}
        disableTransitionOnChange
        storageKey="assay-theme"
        {...(nonce ? { nonce } : {})}
      >
        <ToastProvider>{children}</ToastProvider>
      </ThemeProvider>
    </CSPProvider>
  );
}
