"use client";

import { useRouter } from "next/navigation";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { fetchJson } from "@/components/ui/fetch-json";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import type { LinkRow } from "@/lib/share/schema";

export type ShownLink = LinkRow & { preview: string | null };

export function LinkTable({ slug, links }: { slug: string; links: readonly ShownLink[] }) {
  return (
    <Table label="Shared pictures of this project">
      <TableHead>
        <tr>
          <HeaderCell>Link</HeaderCell>
          <HeaderCell className="hidden md:table-cell">Now shows</HeaderCell>
          <HeaderCell className="hidden md:table-cell">Last seen</HeaderCell>
          <HeaderCell className="hidden md:table-cell">Valid until</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {links.map((link) => (
          <TableRow key={link.id} className={link.state === "active" ? "" : "text-subtle"}>
            <Cell className="min-w-44">
              <div className="flex flex-wrap items-center gap-2">
                <span className={link.state === "active" ? "font-medium" : "text-muted"}>{link.name}</span>
                <LinkState state={link.state} />
              </div>
              <div className="text-xs text-subtle">{whatOf(link)}</div>
              <div className="text-xs text-subtle md:hidden">Last seen {link.last_used_at ?? "never"}.</div>
              <div className="mt-1.5 md:hidden">
                <Preview link={link} />
              </div>
            </Cell>
            <Cell className="hidden md:table-cell">
              <Preview link={link} />
            </Cell>
            <Cell className="hidden whitespace-nowrap text-muted tabular md:table-cell">
              {link.last_used_at ?? "never"}
            </Cell>
            <Cell className="hidden whitespace-nowrap text-muted tabular md:table-cell">
              {link.expires_at ?? (link.state === "revoked" ? "–" : "no end")}
            </Cell>
            <Cell className="text-right">
              {link.state === "active" ? <RevokeLink slug={slug} link={link} /> : null}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function whatOf({ picture, attribute, value, created_by }: ShownLink): string {
  const of = attribute === "" ? "all outputs" : `${attribute} = ${value}`;
  const by = created_by ? `, made by ${created_by}` : "";
  return `${picture === "badge" ? "Badge" : "Chart"} of ${of}${by}`;
}

function LinkState({ state }: { state: ShownLink["state"] }) {
  if (state === "active") return null;
  return state === "expired" ? <Badge tone="warn">Expired</Badge> : <Badge>Revoked</Badge>;
}

function Preview({ link: { preview, picture, name } }: { link: ShownLink }) {
  if (!preview) return <span className="text-xs text-subtle">nothing</span>;
  const alt = `What “${name}” shows now`;
  const style = picture === "badge" ? "h-5 w-auto max-w-full" : "h-auto w-44 rounded border border-line";
  return (
    <picture>
      <img src={preview} alt={alt} className={style} />
    </picture>
  );
}

function RevokeLink({ slug, link }: { slug: string; link: ShownLink }) {
  const router = useRouter();
  const { show } = useToast();
  return (
    <ConfirmDialog
      title={`Revoke “${link.name}”?`}
      description="Where the picture stands now, there will be none from the next look on. A revoked link never works again."
      confirmLabel="Revoke"
      danger
      trigger={
        <Button size="sm" aria-label={`Revoke ${link.name}`}>
          Revoke
        </Button>
      }
      onConfirm={async () => {
        await fetchJson(`/api/v1/projects/${slug}/share-links/${link.id}`, { method: "DELETE" });
        show({ title: `“${link.name}” is revoked` });
        router.refresh();
      }}
    />
  );
}
