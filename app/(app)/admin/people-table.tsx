"use client";

import { useState } from "react";

import { type AskedAction, AskedActionDialog } from "@/components/form/asked-action";
import { LinkDialog, type MadeLink } from "@/components/form/link-dialog";
import { Badge } from "@/components/ui/badge";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { PersonMenu } from "./person-menu";

export interface PersonRow {
  id: string;
  name: string;
  email: string;
  is_admin: boolean;
  disabled: boolean;
  signs_in_with: "password" | "provider" | "none";
  projects: readonly { slug: string; name: string; role: "MANAGER" | "REVIEWER" | "VIEWER" }[];
  last_seen_at: string | null;
  sign_ins: number;
}

const ROLES = { MANAGER: "manager", REVIEWER: "reviewer", VIEWER: "viewer" };

export function PeopleTable({ people, ownId }: { people: readonly PersonRow[]; ownId: string }) {
  const [asked, setAsked] = useState<AskedAction | null>(null);
  const [link, setLink] = useState<MadeLink | null>(null);
  return (
    <>
      <Table label="People of this installation">
        <TableHead>
          <tr>
            <HeaderCell>Person</HeaderCell>
            <HeaderCell className="hidden sm:table-cell">Projects</HeaderCell>
            <HeaderCell className="hidden sm:table-cell">Last seen</HeaderCell>
            <HeaderCell>
              <span className="sr-only">Actions</span>
            </HeaderCell>
          </tr>
        </TableHead>
        <TableBody>
          {people.map((person) => (
            <TableRow key={person.id}>
              <Cell>
                <div className="flex flex-wrap items-center gap-2">
                  <span className="font-medium">{person.name}</span>
                  {person.is_admin ? <Badge tone="accent">Administrator</Badge> : null}
                  {person.disabled ? <Badge tone="alarm">Disabled</Badge> : null}
                  {person.id === ownId ? <Badge>You</Badge> : null}
                </div>
                <div className="text-xs break-words text-subtle">{person.email}</div>
                <div className="text-xs text-subtle sm:hidden">{lastSeen(person)}</div>
              </Cell>
              <Cell className="hidden text-muted sm:table-cell">
                {person.projects.map((project) => `${project.name} (${ROLES[project.role]})`).join(", ") ||
                  "none"}
              </Cell>
              <Cell className="hidden whitespace-nowrap text-muted sm:table-cell">{lastSeen(person)}</Cell>
              <Cell className="text-right">
                <PersonMenu person={person} onAsk={setAsked} onLink={setLink} />
              </Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <AskedActionDialog action={asked} onClose={() => setAsked(null)} />
      <LinkDialog title="Link for a new password" link={link} onClose={() => setLink(null)} />
    </>
  );
}

function lastSeen(person: PersonRow): string {
  return person.last_seen_at ? `${person.last_seen_at} UTC` : "not signed in";
}
