"use client";

import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";

import { Button } from "./button";

/** Copies a text and says so. Falls back to selecting it where the browser has no clipboard (plain HTTP). */
export function CopyButton({
  text,
  label = "Copy",
  compact = false,
}: {
  /** A function where making the text is work that only a press should cause. */
  text: string | (() => string);
  label?: string;
  compact?: boolean;
}) {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  async function copy() {
    await copyText(typeof text === "string" ? text : text());
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 2_000);
  }
  return (
    <Button
      size={compact ? "icon" : "sm"}
      variant={compact ? "ghost" : "secondary"}
      onClick={copy}
      aria-label={compact ? label : undefined}
    >
      {copied ? <Check aria-hidden="true" className="text-good-ink" /> : <Copy aria-hidden="true" />}
      {compact ? null : copied ? "Copied" : label}
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </Button>
  );
}

/** Also where the browser has no clipboard of its own (plain HTTP). */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
