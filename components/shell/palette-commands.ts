import { DOC_SECTIONS } from "@/components/docs/doc-sections";

import { matchScore } from "./match-score";
import type { NavIcon, NavItem } from "./navigation";
import type { ShellProject } from "./project-switcher";

/** What the palette can do in the browser. */
export type PaletteAction =
  | "theme-light"
  | "theme-dark"
  | "theme-system"
  | "copy-address"
  | "keys"
  | "sign-out";

export interface PaletteCommand {
  id: string;
  group: "Go to" | "Settings" | "Projects" | "Actions" | "Documentation";
  label: string;
  /** Other words by which people look for it. */
  words?: string;
  /** Keys that do the same, as they are pressed. */
  keys?: readonly string[];
  icon?: NavIcon;
  does: { href: string } | { action: PaletteAction };
  /** One of many: shown to those who look for it by name. */
  onlyWhenAsked?: true;
}

export interface PaletteFacts {
  /** Of the open project; null outside of one. */
  slug: string | null;
  items: readonly NavItem[];
  settings: readonly { href: string; label: string }[];
  projects: readonly ShellProject[];
  isAdmin: boolean;
}

const OTHER_WORDS: Partial<Record<NavIcon, string>> = {
  overview: "home start dashboard",
  accuracy: "trend chart segments quality",
  incident: "alarms alerts drops problems",
  review: "label judge annotate",
  queue: "work assign plan",
  reviewer: "people agreement judges",
  output: "records results predictions requests",
  input: "quarantine contract drift ledger",
  backtest: "simulate history",
  setting: "options preferences configure",
};

/** All that the palette offers this person, in the order in which it is shown. */
export function paletteCommands(facts: PaletteFacts): PaletteCommand[] {
  return [
    ...facts.items.map(({ href, label, icon, key }): PaletteCommand => {
      const words = OTHER_WORDS[icon];
      return {
        id: href,
        group: "Go to",
        label,
        icon,
        keys: ["g", key],
        does: { href },
        ...(words ? { words } : {}),
      };
    }),
    ...facts.settings.map(
      ({ href, label }): PaletteCommand => ({
        id: `settings ${href}`,
        group: "Settings",
        label,
        words: "settings",
        icon: "setting",
        does: { href },
      }),
    ),
    ...facts.projects
      .filter(({ slug }) => slug !== facts.slug)
      .map(
        ({ slug, name }): PaletteCommand => ({
          id: `project ${slug}`,
          group: "Projects",
          label: name,
          words: "project switch",
          does: { href: `/${slug}` },
        }),
      ),
    { id: "projects", group: "Projects", label: "All projects", words: "list", does: { href: "/projects" } },
    ...(facts.isAdmin ? ADMIN : []),
    ...ACTIONS,
    ...DOCUMENTATION,
  ];
}

/** What answers the typed words, best first; what answers equally well stays in its order. */
export function matchingCommands(commands: readonly PaletteCommand[], typed: string): PaletteCommand[] {
  if (typed.trim() === "") return commands.filter(({ onlyWhenAsked }) => !onlyWhenAsked);
  return commands
    .map((command) => ({ command, score: matchScore(typed, command.label, command.words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => command);
}

const ADMIN: readonly PaletteCommand[] = [
  {
    id: "new-project",
    group: "Projects",
    label: "New project",
    words: "create add make",
    does: { href: "/projects/new" },
  },
  {
    id: "design",
    group: "Projects",
    label: "Design language",
    words: "components tokens colours style",
    does: { href: "/admin/design" },
  },
  {
    id: "people",
    group: "Projects",
    label: "People",
    words: "administration accounts users invite",
    does: { href: "/admin" },
  },
];

const ACTIONS: readonly PaletteCommand[] = [
  {
    id: "copy-address",
    group: "Actions",
    label: "Copy the address of this page",
    words: "link url share",
    does: { action: "copy-address" },
  },
  {
    id: "keys",
    group: "Actions",
    label: "Keyboard",
    words: "shortcuts keys help",
    keys: ["?"],
    does: { action: "keys" },
  },
  {
    id: "theme-light",
    group: "Actions",
    label: "Light appearance",
    words: "theme mode switch bright",
    does: { action: "theme-light" },
  },
  {
    id: "theme-dark",
    group: "Actions",
    label: "Dark appearance",
    words: "theme mode switch night",
    does: { action: "theme-dark" },
  },
  {
    id: "theme-system",
    group: "Actions",
    label: "Appearance as the system",
    words: "theme mode switch automatic",
    does: { action: "theme-system" },
  },
  {
    id: "account",
    group: "Actions",
    label: "Your account",
    words: "name password profile",
    does: { href: "/account" },
  },
  {
    id: "sign-out",
    group: "Actions",
    label: "Sign out",
    words: "log out leave",
    does: { action: "sign-out" },
  },
];

const DOCUMENTATION: readonly PaletteCommand[] = [
  {
    id: "/docs",
    group: "Documentation",
    label: "Concepts",
    words: "documentation help manual words",
    does: { href: "/docs" },
  },
  {
    id: "/docs/numbers",
    group: "Documentation",
    label: "How the numbers stay honest",
    words: "documentation help statistics method",
    does: { href: "/docs/numbers" },
  },
  {
    id: "/docs/api",
    group: "Documentation",
    label: "API reference",
    words: "documentation openapi interface routes",
    does: { href: "/docs/api" },
  },
  ...DOC_SECTIONS.map(
    ({ href, term }): PaletteCommand => ({
      id: href,
      group: "Documentation",
      label: term,
      words: "documentation what means",
      does: { href },
      onlyWhenAsked: true,
    }),
  ),
];
