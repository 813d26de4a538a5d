"use client";

import { CodeBlock } from "@/components/ui/copy-block";
import type { MadeLink } from "./new-link-form";

/** The picture itself and the lines that show it elsewhere. */
export function ShownLinkLines({ link: { path, name, picture } }: { link: MadeLink }) {
  const address = `${window.location.origin}${path}`;
  const alt = picture === "badge" ? "Accuracy" : "Accuracy by week";
  return (
    <div className="flex flex-col gap-4">
      <picture>
        <img
          src={path}
          alt={`What “${name}” shows now`}
          className={
            picture === "badge" ? "h-5 w-auto self-start" : "h-auto w-full rounded-md border border-line"
          }
        />
      </picture>
      <CodeBlock label="Markdown" code={`![${alt}](${address})`} />
      <CodeBlock label="HTML" code={`<img src="${address}" alt="${alt}">`} />
    </div>
  );
}
