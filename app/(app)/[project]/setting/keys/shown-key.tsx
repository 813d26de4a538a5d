"use client";

import { CodeBlock, CopyField } from "@/components/ui/copy-block";
import type { KeyScope } from "@/lib/project/permission";
import { firstCommand } from "./first-command";

export function ShownKey({
  slug,
  token,
  scopes,
  madeAt,
}: {
  slug: string;
  token: string;
  scopes: readonly KeyScope[];
  madeAt: Date;
}) {
  const command = firstCommand(window.location.origin, slug, scopes, madeAt);
  return (
    <div className="flex flex-col gap-4">
      <CopyField value={token} label="key" />
      {command ? (
        <>
          <p className="text-sm text-muted">
            Keep it where your system keeps its secrets. To try it right now, paste these lines into a
            terminal:
          </p>
          <CodeBlock label={command.label} code={`export ASSAY_KEY='${token}'\n${command.code}`} />
        </>
      ) : null}
    </div>
  );
}
