"use client";

import { useRouter } from "next/navigation";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { fetchJson } from "@/components/ui/fetch-json";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { SCOPES } from "./scopes";

export interface KeyRow {
  id: string;
  key_id: string;
  last_four: string;
  name: string;
  scopes: readonly string[];
  source: { name: string; recorded_history: boolean };
  created_at: string;
  created_by: string | null;
  expires_at: string | null;
  last_used_at: string | null;
  state: "active" | "expired" | "revoked";
}

export function KeyTable({ slug, keys }: { slug: string; keys: readonly KeyRow[] }) {
  return (
    <Table label="API keys of this project">
      <TableHead>
        <tr>
          <HeaderCell>Key</HeaderCell>
          <HeaderCell className="hidden md:table-cell">May</HeaderCell>
          <HeaderCell className="hidden md:table-cell">Sends as</HeaderCell>
          <HeaderCell className="hidden md:table-cell">Last used</HeaderCell>
          <HeaderCell className="hidden md:table-cell">Valid until</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {keys.map((key) => (
          <TableRow key={key.id} className={key.state === "active" ? "" : "text-subtle"}>
            <Cell className="min-w-48">
              <div className="flex flex-wrap items-center gap-2">
                <span className={key.state === "active" ? "font-medium" : "text-muted"}>{key.name}</span>
                <KeyState state={key.state} />
              </div>
              <div className="font-mono text-xs text-subtle">
                asy_{key.key_id}_…{key.last_four}
              </div>
              <div className="text-xs text-subtle md:hidden">
                May {permissions(key)}. Last used {key.last_used_at ?? "never"}.
              </div>
            </Cell>
            <Cell className="hidden min-w-36 text-muted md:table-cell">{permissions(key)}</Cell>
            <Cell className="hidden text-muted md:table-cell">
              {key.source.name}
              {key.source.recorded_history ? (
                <div className="text-xs text-subtle">recorded history</div>
              ) : null}
            </Cell>
            <Cell className="hidden whitespace-nowrap text-muted tabular md:table-cell">
              {key.last_used_at ?? "never"}
            </Cell>
            <Cell className="hidden whitespace-nowrap text-muted tabular md:table-cell">
              {key.expires_at ?? (key.state === "revoked" ? "–" : "no end")}
            </Cell>
            <Cell className="text-right">
              {key.state === "active" ? <RevokeKey slug={slug} apiKey={key} /> : null}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function KeyState({ state }: { state: KeyRow["state"] }) {
  if (state === "active") return null;
  return state === "expired" ? <Badge tone="warn">Expired</Badge> : <Badge>Revoked</Badge>;
}

function RevokeKey({ slug, apiKey }: { slug: string; apiKey: KeyRow }) {
  const router = useRouter();
  const { show } = useToast();
  return (
    <ConfirmDialog
      title={`Revoke “${apiKey.name}”?`}
      description="Whatever still uses this key is refused within five seconds. A revoked key never works again; what it has sent stays."
      confirmLabel="Revoke"
      danger
      trigger={
        <Button size="sm" aria-label={`Revoke ${apiKey.name}`}>
          Revoke
        </Button>
      }
      onConfirm={async () => {
        await fetchJson(`/api/v1/projects/${slug}/keys/${apiKey.id}`, { method: "DELETE" });
        show({ title: `“${apiKey.name}” is revoked` });
        router.refresh();
      }}
    />
  );
}

function permissions(key: KeyRow): string {
  return key.scopes.map((scope) => SCOPES.find(({ value }) => value === scope)?.short ?? scope).join(", ");
}
