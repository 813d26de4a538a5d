import {
  ChartLine,
  History,
  Inbox,
  LayoutDashboard,
  ListChecks,
  ListOrdered,
  Rows3,
  Settings,
  TriangleAlert,
  Users,
} from "lucide-react";

import type { NavIcon as Name } from "./navigation";

const ICONS = {
  overview: LayoutDashboard,
  accuracy: ChartLine,
  incident: TriangleAlert,
  review: ListChecks,
  queue: ListOrdered,
  reviewer: Users,
  output: Rows3,
  input: Inbox,
  backtest: History,
  setting: Settings,
} as const;

export function NavIcon({ name, className }: { name: Name; className?: string }) {
  const Icon = ICONS[name];
  return <Icon aria-hidden="true" {...(className ? { className } : {})} />;
}
