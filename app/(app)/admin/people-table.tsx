"use client";

import { MoreHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { LinkDialog, type MadeLink } from "@/components/form/link-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { formatInstant } from "@/lib/core/format";

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
  const [link, setLink] = useState<MadeLink | null>(null);
  return (
    <>
      <Table label="People of this installation">
        <TableHead>
          <tr>
            <HeaderCell>Person</HeaderCell>
            <HeaderCell>Projects</HeaderCell>
            <HeaderCell>Last seen</HeaderCell>
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
                <div className="text-xs text-subtle">{person.email}</div>
              </Cell>
              <Cell className="text-muted">
                {person.projects.map((project) => `${project.name} (${ROLES[project.role]})`).join(", ") ||
                  "none"}
              </Cell>
              <Cell className="whitespace-nowrap text-muted">
                {person.last_seen_at ? `${person.last_seen_at} UTC` : "not signed in"}
              </Cell>
              <Cell className="text-right">
                <PersonMenu person={person} onLink={setLink} />
              </Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <LinkDialog title="Link for a new password" link={link} onClose={() => setLink(null)} />
    </>
  );
}

function PersonMenu({ person, onLink }: { person: PersonRow; onLink: (link: MadeLink) => void }) {
  const router = useRouter();
  const { show } = useToast();

  function act(done: string, work: () => Promise<unknown>) {
    work()
      .then(() => {
        if (done) show({ title: done });
        router.refresh();
      })
      .catch((error: unknown) => show({ title: problemSentence(error), kind: "problem" }));
  }
  const change = (body: { disabled?: boolean; is_admin?: boolean }) =>
    fetchJson(`/api/v1/users/${person.id}`, { method: "PATCH", body });

  return (
    <Menu
      align="end"
      trigger={
        <Button variant="ghost" size="icon" aria-label={`Actions for ${person.name}`}>
          <MoreHorizontal aria-hidden="true" />
        </Button>
      }
    >
      {person.signs_in_with === "password" && !person.disabled ? (
        <MenuItem
          onClick={() =>
            act("", async () => {
              const made = await fetchJson<{ path: string; expires_at: string }>(
                `/api/v1/users/${person.id}/reset-link`,
                { method: "POST" },
              );
              onLink({ path: made.path, validUntil: `${formatInstant(made.expires_at, "UTC")} UTC` });
            })
          }
        >
          Link for a new password
        </MenuItem>
      ) : null}
      <MenuItem
        disabled={person.sign_ins === 0}
        onClick={() =>
          act(`${person.name} is signed out everywhere`, () =>
            fetchJson(`/api/v1/users/${person.id}/sign-ins`, { method: "DELETE" }),
          )
        }
      >
        Sign out everywhere
      </MenuItem>
      <MenuItem
        onClick={() =>
          act(
            person.is_admin
              ? `${person.name} is no longer administrator`
              : `${person.name} is administrator now`,
            () => change({ is_admin: !person.is_admin }),
          )
        }
      >
        {person.is_admin ? "Take administration away" : "Make administrator"}
      </MenuItem>
      <MenuItem
        danger={!person.disabled}
        onClick={() =>
          act(
            person.disabled
              ? `${person.name} can sign in again`
              : `${person.name} is disabled and signed out`,
            () => change({ disabled: !person.disabled }),
          )
        }
      >
        {person.disabled ? "Enable" : "Disable"}
      </MenuItem>
    </Menu>
  );
}
