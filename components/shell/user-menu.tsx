"use client";

import { LayoutGrid, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";

import { cn } from "@/components/ui/class-names";
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";

export interface ShellUser {
  name: string;
  /** Address or role, under the name. */
  detail?: string;
}

const THEMES = [
  { value: "light", label: "Light", icon: <Sun aria-hidden="true" /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden="true" /> },
  { value: "system", label: "As the system", icon: <Monitor aria-hidden="true" /> },
];

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
  const { theme = "system", setTheme } = useTheme();
  return (
    <Menu
      align={compact ? "end" : "start"}
      side={compact ? "bottom" : "top"}
      trigger={
        <button
          type="button"
          aria-label={`Account of ${user.name}`}
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
        </button>
      }
    >
      <MenuGroup label="Appearance">
        <MenuChoice value={theme} onChange={setTheme} options={THEMES} />
      </MenuGroup>
      <MenuSeparator />
      <MenuLink href="/projects">
        <LayoutGrid aria-hidden="true" />
        All projects
      </MenuLink>
      <MenuItem onClick={onSignOut}>
        <LogOut aria-hidden="true" />
        Sign out
      </MenuItem>
    </Menu>
  );
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const letters = parts.length > 1 ? [parts[0]?.[0], parts.at(-1)?.[0]] : [parts[0]?.[0]];
  return letters.join("").toUpperCase();
}
