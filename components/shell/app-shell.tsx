"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { lazy, type ReactNode, Suspense, useState } from "react";

import { cn } from "@/components/ui/class-names";

import type { Layer } from "./command-center";
import { currentItem, type NavItem } from "./navigation";
import { ProjectSwitcher, type ShellProject } from "./project-switcher";
import { type ShellUser, UserMenu } from "./user-menu";

// Fetched beside the page: what reviewers wait for does not wait for these.
const CommandCenter = lazy(async () => ({ default: (await import("./command-center")).CommandCenter }));
const NavIcon = lazy(async () => ({ default: (await import("./nav-icon")).NavIcon }));
const SearchButton = lazy(async () => ({ default: (await import("./search-button")).SearchButton }));
const PrintStamp = lazy(async () => ({ default: (await import("./print-stamp")).PrintStamp }));

export interface NavCount {
  text: string;
  /** One word for screen readers. */
  meaning: string;
}

export interface AppShellProps {
  project: ShellProject;
  projects: readonly ShellProject[];
  user: ShellUser & { id: string; isAdmin: boolean };
  items: readonly NavItem[];
  /** The pages behind the last of the items. */
  settings: readonly { href: string; label: string }[];
  /** Small numbers beside an item, by icon name: what waits there. */
  counts?: Readonly<Partial<Record<NavItem["icon"], NavCount>>>;
  onSignOut: () => void;
  children: ReactNode;
}

/** The frame of a project: side bar from 768 px on, bars above and below on phones. */
export function AppShell({
  project,
  projects,
  user,
  items,
  settings,
  counts = {},
  onSignOut,
  children,
}: AppShellProps) {
  const current = currentItem(items, usePathname());
  const [layer, setLayer] = useState<Layer>(null);
  const search = () => setLayer("palette");
  return (
    <div id="page" className="min-h-dvh md:grid md:grid-cols-[14.5rem_minmax(0,1fr)]">
      <SkipLink />
      <aside className="sticky top-0 hidden h-dvh flex-col gap-4 border-r border-line px-3 py-3 md:flex print:hidden">
        <div className="flex flex-col gap-2">
          <ProjectSwitcher project={project} projects={projects} />
          <Suspense fallback={<span className="h-8" />}>
            <SearchButton onSearch={search} />
          </Suspense>
        </div>
        <nav aria-label="Project" className="flex flex-1 flex-col gap-0.5 overflow-y-auto">
          {items.map((item) => (
            <SideLink key={item.href} item={item} current={item === current} count={counts[item.icon]} />
          ))}
        </nav>
        <UserMenu user={user} onSignOut={onSignOut} />
      </aside>
      <div className="flex min-w-0 flex-col">
        <header className="sticky top-0 z-30 flex h-13 items-center gap-2 border-b border-line bg-canvas/90 px-2 backdrop-blur md:hidden print:hidden">
          <div className="min-w-0 flex-1">
            <ProjectSwitcher project={project} projects={projects} />
          </div>
          <Suspense fallback={<span className="size-10" />}>
            <SearchButton compact onSearch={search} />
          </Suspense>
          <UserMenu user={user} onSignOut={onSignOut} compact />
        </header>
        {project.isDemo ? <DemoBanner /> : null}
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-[84rem] flex-1 px-4 pt-5 pb-24 outline-none sm:px-6 md:pb-10 lg:px-8 lg:pt-7"
        >
          <Suspense>
            <PrintStamp project={project.name} />
          </Suspense>
          {children}
        </main>
      </div>
      <nav
        aria-label="Project"
        className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-canvas/95 pb-[env(safe-area-inset-bottom)] backdrop-blur md:hidden print:hidden"
      >
        {items
          .filter(({ besides }) => !besides)
          .map((item) => (
            <BottomLink key={item.href} item={item} current={item === current} count={counts[item.icon]} />
          ))}
      </nav>
      <Suspense>
        <CommandCenter
          owner={user.id}
          facts={{ slug: project.slug, items, settings, projects, isAdmin: user.isAdmin }}
          current={current}
          layer={layer}
          onLayer={setLayer}
          onSignOut={onSignOut}
        />
      </Suspense>
    </div>
  );
}

interface NavLinkProps {
  item: NavItem;
  current: boolean;
  count: NavCount | undefined;
}

function SideLink({ item, current, count }: NavLinkProps) {
  return (
    <Link
      href={item.href as Route}
      prefetch={false}
      aria-current={current ? "page" : undefined}
      className={cn(
        "flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium text-muted transition-colors hover:bg-hover hover:text-ink [&_svg]:size-4 [&_svg]:shrink-0",
        current && "bg-hover text-ink [&_svg]:text-accent-ink",
      )}
    >
      <ItemIcon item={item} />
      <span className="flex-1">{item.label}</span>
      {count ? <CountMark count={count} /> : null}
    </Link>
  );
}

function ItemIcon({ item }: { item: NavItem }) {
  return (
    <Suspense fallback={<span className="size-4" />}>
      <NavIcon name={item.icon} />
    </Suspense>
  );
}

function CountMark({ count, className }: { count: NavCount; className?: string }) {
  return (
    <span
      className={cn(
        "inline-grid h-4 min-w-4 place-items-center rounded-full bg-alarm-soft px-1 text-2xs font-semibold text-alarm-ink tabular",
        className,
      )}
    >
      {count.text}
      <span className="sr-only"> {count.meaning}</span>
    </span>
  );
}

function BottomLink({ item, current, count }: NavLinkProps) {
  return (
    <Link
      href={item.href as Route}
      prefetch={false}
      aria-current={current ? "page" : undefined}
      className={cn(
        "flex min-w-0 flex-1 flex-col items-center gap-0.5 px-0.5 pt-2 pb-1.5 text-2xs font-medium text-muted [&_svg]:size-5",
        current && "text-accent-ink",
      )}
    >
      <span className="relative">
        <ItemIcon item={item} />
        {count ? <CountMark count={count} className="absolute -top-1.5 left-3.5" /> : null}
      </span>
      <span className="max-w-full truncate">{item.label}</span>
    </Link>
  );
}

function SkipLink() {
  return (
    <a
      href="#content"
      className="fixed top-2 left-2 z-60 -translate-y-20 rounded-md bg-overlay px-3 py-2 text-sm font-medium text-ink shadow-float focus-visible:translate-y-0 print:hidden"
    >
      Skip to content
    </a>
  );
}

function DemoBanner() {
  return (
    <aside
      aria-label="About this project"
      className="hatched border-b border-line px-4 py-1.5 text-center text-xs text-muted"
    >
      <span className="rounded-sm bg-canvas px-2 py-0.5">
        <strong className="font-medium text-ink">Simulated data.</strong> This project shows what Assay does;
        nothing in it happened.
      </span>
    </aside>
  );
}
