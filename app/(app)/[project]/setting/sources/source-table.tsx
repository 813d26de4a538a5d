"use client";

import { useRouter } from "next/navigation";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-block";
import { ConfirmDialog } from "@/components/ui/dialog";
import { fetchJson } from "@/components/ui/fetch-json";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { NewSecret } from "./new-secret";

export interface SourceRow {
  id: string;
  kind: "API" | "HOOK";
  name: string;
  path: string | null;
  signature: "STANDARD" | "GITHUB" | null;
  has_mapping: boolean;
  recorded_history: boolean;
  created_at: string;
  disabled_at: string | null;
  last_hour: string | null;
  secrets: readonly { created_at: string; expires_at: string | null }[];
  keys: number;
}

export function SourceTable({
  slug,
  origin,
  sources,
}: {
  slug: string;
  origin: string;
  sources: readonly SourceRow[];
}) {
  return (
    <Table label="Sources of this project">
      <TableHead>
        <tr>
          <HeaderCell>Source</HeaderCell>
          <HeaderCell>Sends with</HeaderCell>
          <HeaderCell className="hidden sm:table-cell">Last hour with outputs</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {sources.map((source) => (
          <TableRow key={source.id} className={source.disabled_at ? "text-subtle" : ""}>
            <Cell className="min-w-28 align-top sm:min-w-40">
              <div className="flex flex-wrap items-center gap-2">
                <span className={source.disabled_at ? "text-muted" : "font-medium"}>
                  <bdi>{source.name}</bdi>
                </span>
                {source.disabled_at ? <Badge tone="warn">Switched off</Badge> : null}
                {source.recorded_history ? <Badge>Recorded history</Badge> : null}
              </div>
              <div className="text-xs text-subtle">since {source.created_at}</div>
              <div className="text-xs text-subtle sm:hidden">
                last hour with outputs: {source.last_hour ?? "never"}
              </div>
            </Cell>
            <Cell className="align-top sm:min-w-64">
              <SendsWith source={source} origin={origin} />
            </Cell>
            <Cell className="hidden align-top whitespace-nowrap text-muted tabular sm:table-cell">
              {source.last_hour ?? "never"}
            </Cell>
            <Cell className="align-top">
              <div className="flex flex-col items-end justify-end gap-2 sm:flex-row">
                {source.kind === "HOOK" && !source.disabled_at ? (
                  <NewSecret slug={slug} source={source} />
                ) : null}
                <SwitchSource slug={slug} source={source} />
              </div>
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function SendsWith({ source, origin }: { source: SourceRow; origin: string }) {
  if (source.path === null) {
    const keys =
      source.keys === 1 ? "one API key" : source.keys === 0 ? "no API key in use" : `${source.keys} API keys`;
    return <span className="text-muted">{keys}</span>;
  }
  return (
    <div className="flex max-w-md flex-col gap-1">
      <CopyField value={`${origin}${source.path}`} label={`address of ${source.name}`} />
      <div className="text-xs text-subtle">
        {source.signature === "GITHUB" ? "signed like GitHub's webhooks" : "signed as Standard Webhooks"}
        {source.has_mapping ? ", read through your paths" : ""}
      </div>
      {source.secrets.flatMap(({ expires_at }) =>
        expires_at ? (
          <div key={expires_at} className="text-xs text-warn-ink">
            The secret before is accepted until {expires_at}
          </div>
        ) : (
          []
        ),
      )}
    </div>
  );
}

function SwitchSource({ slug, source }: { slug: string; source: SourceRow }) {
  const router = useRouter();
  const { show } = useToast();
  const change = async (disabled: boolean) => {
    await fetchJson(`/api/v1/projects/${slug}/sources/${source.id}`, { method: "PATCH", body: { disabled } });
    show({ title: `“${source.name}” is ${disabled ? "switched off" : "on again"}` });
    router.refresh();
  };
  const label = source.disabled_at ? "Switch on" : "Switch off";
  return (
    <ConfirmDialog
      title={`${label} “${source.name}”?`}
      description={
        source.disabled_at
          ? "Whoever knows its address and secret, or has one of its keys, can send again within five seconds."
          : "Whatever it sends is refused within five seconds. What it has sent stays, and you can switch it on again."
      }
      confirmLabel={label}
      danger={!source.disabled_at}
      trigger={
        <Button size="sm" aria-label={`${label} ${source.name}`}>
          {label}
        </Button>
      }
      onConfirm={() => change(!source.disabled_at)}
    />
  );
}
