"use client";

import { MoreHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";

import type { AskedAction } from "@/components/form/asked-action";
import type { MadeLink } from "@/components/form/link-dialog";
import { Button } from "@/components/ui/button";
import { fetchJson } from "@/components/ui/fetch-json";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { formatInstant } from "@/lib/core/format";
import type { PersonRow } from "./people-table";

interface PersonMenuProps {
  person: PersonRow;
  onAsk: (action: AskedAction) => void;
  onLink: (link: MadeLink) => void;
}

/** What an administrator can do with one person; everything that takes something away is asked about first. */
export function PersonMenu({ person, onAsk, onLink }: PersonMenuProps) {
  const router = useRouter();
  const { show } = useToast();
  const address = `/api/v1/users/${person.id}`;

  function ask(question: Omit<AskedAction, "run">, done: string, work: () => Promise<unknown>) {
    onAsk({
      ...question,
      async run() {
        await work();
        show({ title: done });
        router.refresh();
      },
    });
  }
  const change = (body: { disabled?: boolean; is_admin?: boolean }) => () =>
    fetchJson(address, { method: "PATCH", body });

  async function makeLink() {
    const made = await fetchJson<{ path: string; expires_at: string }>(`${address}/reset-link`, {
      method: "POST",
    });
    onLink({ path: made.path, validUntil: `${formatInstant(made.expires_at, "UTC")} UTC` });
  }

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
            onAsk({
              title: `A link for ${person.name}?`,
              description:
                "Whoever opens it can choose a new password and sign in as this person. It works once, for 30 minutes. Earlier links stop working.",
              confirmLabel: "Make a link",
              run: makeLink,
            })
          }
        >
          Link for a new password
        </MenuItem>
      ) : null}
      <MenuItem
        disabled={person.sign_ins === 0}
        onClick={() =>
          ask(
            {
              title: `Sign ${person.name} out?`,
              description: "Everywhere, with the next click. They can sign in again at once.",
              confirmLabel: "Sign out everywhere",
            },
            `${person.name} is signed out everywhere`,
            () => fetchJson(`${address}/sign-ins`, { method: "DELETE" }),
          )
        }
      >
        Sign out everywhere
      </MenuItem>
      <MenuItem
        onClick={() => ask(adminQuestion(person), adminDone(person), change({ is_admin: !person.is_admin }))}
      >
        {person.is_admin ? "Take administration away" : "Make administrator"}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        danger={!person.disabled}
        onClick={() =>
          ask(
            disableQuestion(person),
            person.disabled ? `${person.name} can sign in again` : `${person.name} is disabled`,
            change({ disabled: !person.disabled }),
          )
        }
      >
        {person.disabled ? "Enable" : "Disable"}
      </MenuItem>
    </Menu>
  );
}

function adminQuestion({ name, is_admin }: PersonRow): Omit<AskedAction, "run"> {
  return is_admin
    ? {
        title: `Take administration from ${name}?`,
        description: "They keep their roles in projects. You can make them administrator again.",
        confirmLabel: "Take away",
        danger: true,
      }
    : {
        title: `Make ${name} administrator?`,
        description:
          "They will see every project, and can make and erase projects and disable people, you included.",
        confirmLabel: "Make administrator",
      };
}

function adminDone({ name, is_admin }: PersonRow): string {
  return is_admin ? `${name} is no longer administrator` : `${name} is administrator now`;
}

function disableQuestion({ name, disabled }: PersonRow): Omit<AskedAction, "run"> {
  return disabled
    ? {
        title: `Let ${name} in again?`,
        description: "With the same password and the same roles as before.",
        confirmLabel: "Enable",
      }
    : {
        title: `Disable ${name}?`,
        description:
          "They are signed out with their next click and cannot sign in. What they have reviewed stays; what they are judging right now goes back to the others. You can enable them again.",
        confirmLabel: "Disable",
        danger: true,
      };
}
