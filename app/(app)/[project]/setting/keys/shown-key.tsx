"use client";

import { CodeBlock, CopyField } from "@/components/ui/copy-block";
import type { KeyScope } from "@/lib/project/permission";
import { firstCommand } from "./first-command";
import { otelVariables } from "./otel-lines";

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
      {scopes.includes("outputs:write") ? (
        <details className="text-sm text-muted">
          <summary className="cursor-pointer rounded-sm text-ink">It sends by OpenTelemetry</summary>
          <p className="my-2 text-pretty">
            These variables point its exporter here. The last two let it record inputs and outputs, which
            tracing leaves out otherwise.
          </p>
          <CodeBlock label="Variables" code={otelVariables(window.location.origin, token)} />
        </details>
      ) : null}
    </div>
  );
}
