import type { Capability } from "@/lib/project/permission";

export type NavIcon =
  | "overview"
  | "accuracy"
  | "incident"
  | "review"
  | "reviewer"
  | "queue"
  | "output"
  | "input"
  | "backtest"
  | "setting";

export interface NavItem {
  href: string;
  label: string;
  icon: NavIcon;
  /** Second key after `g`. */
  key: string;
  /** Not in the bar of a phone, which has room for few; other pages lead to it. */
  besides?: boolean;
}

const ITEMS: readonly (Omit<NavItem, "href"> & { path: string; needs: readonly Capability[] })[] = [
  { path: "", label: "Overview", icon: "overview", key: "o", needs: ["project.read"] },
  { path: "/accuracy", label: "Accuracy", icon: "accuracy", key: "a", needs: ["project.read"] },
  { path: "/incident", label: "Incidents", icon: "incident", key: "n", needs: ["project.read"] },
  { path: "/review", label: "Review", icon: "review", key: "r", needs: ["review.work"] },
  {
    path: "/queue",
    label: "Queue",
    icon: "queue",
    key: "q",
    needs: ["project.manage"],
    besides: true,
  },
  {
    path: "/reviewer",
    label: "Reviewers",
    icon: "reviewer",
    key: "p",
    needs: ["project.manage"],
    besides: true,
  },
  { path: "/output", label: "Outputs", icon: "output", key: "u", needs: ["project.read"] },
  { path: "/input", label: "Input", icon: "input", key: "i", needs: ["project.read"] },
  {
    path: "/backtest",
    label: "Backtest",
    icon: "backtest",
    key: "b",
    needs: ["project.read"],
    besides: true,
  },
  { path: "/setting", label: "Settings", icon: "setting", key: "s", needs: ["project.manage"] },
];

const SETTINGS: readonly { path: string; label: string; needs: readonly Capability[] }[] = [
  { path: "project", label: "Project", needs: ["project.manage"] },
  { path: "answer-schema", label: "Answer form", needs: ["project.manage"] },
  { path: "contract", label: "Contract", needs: ["project.manage"] },
  { path: "sampling", label: "Sampling plan", needs: ["project.manage"] },
  { path: "review", label: "Reviewing", needs: ["project.manage"] },
  { path: "monitor", label: "Monitoring", needs: ["project.manage"] },
  { path: "alert", label: "Alerts", needs: ["project.manage"] },
  { path: "planner", label: "Planner", needs: ["project.manage"] },
  { path: "sources", label: "Sources", needs: ["project.manage"] },
  { path: "sharing", label: "Sharing", needs: ["project.manage"] },
  { path: "keys", label: "API keys", needs: ["key.manage"] },
  { path: "members", label: "Members", needs: ["member.manage"] },
  { path: "audit", label: "Audit log", needs: ["project.manage"] },
];

type Can = (capability: Capability) => boolean;

/** The pages of a project that this person can open, in their order. */
export function projectNavigation(slug: string, can: Can): NavItem[] {
  return ITEMS.filter((item) => item.needs.some(can)).map(({ path, label, icon, key, besides }) => ({
    href: icon === "setting" ? `/${slug}/setting/project` : `/${slug}${path}`,
    label,
    icon,
    key,
    ...(besides ? { besides } : {}),
  }));
}

/** The settings pages of a project that this person can open. */
export function settingNavigation(slug: string, can: Can): { href: string; label: string }[] {
  return SETTINGS.filter((item) => item.needs.some(can)).map(({ path, label }) => ({
    href: `/${slug}/setting/${path}`,
    label,
  }));
}

/** The item whose page is open: the one with the longest matching path. */
export function currentItem<T extends { href: string; icon?: NavIcon }>(
  items: readonly T[],
  pathname: string,
): T | undefined {
  const reach = (item: T) => (item.icon === "setting" ? item.href.replace(/\/project$/, "") : item.href);
  return items
    .filter((item) => pathname === reach(item) || pathname.startsWith(`${reach(item)}/`))
    .sort((a, b) => reach(b).length - reach(a).length)[0];
}
