"use client";

import { Check, Copy } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";

import { Button } from "./button";
import { cn } from "./class-names";

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

async function copyText(text: string): Promise<void> {
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

/** One line to copy: an address, a key that is shown once. */
export function CopyField({ value, label }: { value: string; label: string }) {
  return (
    <div className="flex min-w-0 items-center gap-1 rounded-md border border-line-strong bg-sunken py-0.5 pr-0.5 pl-2.5">
      <code
        className="min-w-0 flex-1 overflow-x-auto py-1 font-mono text-sm whitespace-nowrap text-ink"
        aria-label={label}
        tabIndex={0}
      >
        {value}
      </code>
      <CopyButton text={value} label={`Copy ${label}`} compact />
    </div>
  );
}

/** Lines to copy: commands, JSON. Plain text only, whatever is in it. */
export function CodeBlock({
  code,
  label,
  className,
}: {
  code: string;
  label?: ReactNode;
  className?: string;
}) {
  return (
    <figure
      className={cn("min-w-0 overflow-hidden rounded-lg border border-line bg-sunken text-left", className)}
    >
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-1 pr-1 pl-3 text-xs text-subtle">
        <span className="min-w-0 truncate">{label ?? "Command"}</span>
        <CopyButton text={code} />
      </figcaption>
      <pre tabIndex={0} className="overflow-x-auto px-3 py-2.5 font-mono text-xs leading-5 text-ink">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
