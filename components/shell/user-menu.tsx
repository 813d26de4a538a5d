"use client";

import { cn } from "@/components/ui/class-names";

import { MenuButton } from "./menu-button";

export interface ShellUser {
  name: string;
  /** Address or role, under the name. */
  detail?: string;
}

const loadList = () => import("./user-menu-list").then((loaded) => loaded.UserMenuList);

/** Who is signed in; theme and sign-out. */
export function UserMenu({
  user,
  onSignOut,
  compact = false,
}: {
  user: ShellUser;
  onSignOut: () => void;
  compact?: boolean;
}) {
  return (
    <MenuButton
      label={`Account of ${user.name}`}
      load={loadList}
      list={{ compact, onSignOut }}
      className={cn(
        "flex min-w-0 items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-hover data-popup-open:bg-hover",
        compact ? "size-10 justify-center" : "w-full",
      )}
    >
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-ink"
      >
        {initials(user.name)}
      </span>
      {compact ? null : (
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-medium text-ink">{user.name}</span>
          {user.detail ? <span className="block truncate text-xs text-subtle">{user.detail}</span> : null}
        </span>
      )}
    </MenuButton>
  );
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const letters = parts.length > 1 ? [parts[0]?.[0], parts.at(-1)?.[0]] : [parts[0]?.[0]];
  return letters.join("").toUpperCase();
}
