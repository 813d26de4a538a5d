"use client";

import { LogOut, UserMinus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { Select } from "@/components/ui/input";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { ROLE_NAMES, ROLE_OPTIONS, type RoleName } from "./roles";

export interface MemberRow {
  user_id: string;
  name: string;
  email: string;
  role: RoleName;
  disabled: boolean;
  since: string;
}

export function MembersTable({
  slug,
  members,
  ownId,
}: {
  slug: string;
  members: readonly MemberRow[];
  ownId: string;
}) {
  return (
    <Table label="Members of this project">
      <TableHead>
        <tr>
          <HeaderCell>Person</HeaderCell>
          <HeaderCell>Role</HeaderCell>
          <HeaderCell className="hidden sm:table-cell">Since</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </tr>
      </TableHead>
      <TableBody>
        {members.map((member) => (
          <TableRow key={member.user_id}>
            <Cell className="w-full max-w-0 sm:w-auto sm:max-w-none">
              <div className="flex flex-wrap items-center gap-x-2">
                <span className="font-medium">{member.name}</span>
                {member.disabled ? <Badge tone="alarm">Disabled</Badge> : null}
                {member.user_id === ownId ? <Badge>You</Badge> : null}
              </div>
              <div className="truncate text-xs text-subtle" title={member.email}>
                {member.email}
              </div>
            </Cell>
            <Cell>
              <RoleSelect slug={slug} member={member} />
            </Cell>
            <Cell className="hidden whitespace-nowrap text-muted sm:table-cell">{member.since}</Cell>
            <Cell className="text-right">
              <RemoveMember slug={slug} member={member} isSelf={member.user_id === ownId} />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function RoleSelect({ slug, member }: { slug: string; member: MemberRow }) {
  const router = useRouter();
  const { show } = useToast();
  const [busy, setBusy] = useState(false);

  async function change(role: string, before?: RoleName) {
    setBusy(true);
    try {
      await fetchJson(`/api/v1/projects/${slug}/members/${member.user_id}`, {
        method: "PATCH",
        body: { role },
      });
      show({
        title: `${member.name} is ${ROLE_NAMES[role as RoleName]} now`,
        ...(before ? { undo: { run: () => void change(before) } } : {}),
      });
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
    }
    setBusy(false);
    router.refresh();
  }

  return (
    <Select
      aria-label={`Role of ${member.name}`}
      className="w-30 sm:w-36"
      value={member.role}
      disabled={busy}
      options={ROLE_OPTIONS}
      onChange={(event) => void change(event.target.value, member.role)}
    />
  );
}

function RemoveMember({ slug, member, isSelf }: { slug: string; member: MemberRow; isSelf: boolean }) {
  const router = useRouter();
  return (
    <ConfirmDialog
      title={isSelf ? "Leave this project?" : `Remove ${member.name}?`}
      description="Their reviews stay. They lose access with their next click, and what they are judging right now goes back to the others."
      confirmLabel={isSelf ? "Leave" : "Remove"}
      danger
      trigger={
        <Button
          variant="ghost"
          size="icon"
          aria-label={isSelf ? "Leave this project" : `Remove ${member.name}`}
          title={isSelf ? "Leave" : "Remove"}
        >
          {isSelf ? <LogOut aria-hidden="true" /> : <UserMinus aria-hidden="true" />}
        </Button>
      }
      onConfirm={async () => {
        await fetchJson(`/api/v1/projects/${slug}/members/${member.user_id}`, { method: "DELETE" });
        if (isSelf) window.location.assign("/");
        else router.refresh();
      }}
    />
  );
}
