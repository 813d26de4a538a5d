"use client";

import { BookOpen, LayoutGrid, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";

import {
  type AnchoredMenu,
  Menu,
  MenuChoice,
  MenuGroup,
  MenuItem,
  MenuLink,
  MenuSeparator,
} from "@/components/ui/menu";

const THEMES = [
  { value: "light", label: "Light", icon: <Sun aria-hidden="true" /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden="true" /> },
  { value: "system", label: "As the system", icon: <Monitor aria-hidden="true" /> },
];

/** Theme, projects and sign-out: what the account's button opens. */
export function UserMenuList({
  anchored,
  compact,
  onSignOut,
}: AnchoredMenu & { compact: boolean; onSignOut: () => void }) {
  const { theme = "system", setTheme } = useTheme();
  return (
    <Menu anchored={anchored} align={compact ? "end" : "start"} side={compact ? "bottom" : "top"}>
      <MenuGroup label="Appearance">
        <MenuChoice value={theme} onChange={setTheme} options={THEMES} />
      </MenuGroup>
      <MenuSeparator />
      <MenuLink href="/projects">
        <LayoutGrid aria-hidden="true" />
        All projects
      </MenuLink>
      <MenuLink href="/docs">
        <BookOpen aria-hidden="true" />
        Documentation
      </MenuLink>
      <MenuItem onClick={onSignOut}>
        <LogOut aria-hidden="true" />
        Sign out
      </MenuItem>
    </Menu>
  );
}
