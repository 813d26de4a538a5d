import type { ReactNode } from "react";

import { AccountMenu } from "@/app/(app)/account-menu";
import type { PageContext } from "@/app/_boundary/session";
import { PlainPage } from "@/components/shell/plain-page";
import { TextLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";

const TABS = [
  { href: "/docs", label: "Concepts" },
  { href: "/docs/numbers", label: "How the numbers stay honest" },
  { href: "/docs/api", label: "API" },
];

/** The frame of the pages that explain. */
export function DocsPage({
  actor,
  current,
  title,
  description,
  children,
}: {
  actor: PageContext["actor"];
  current: string;
  title: string;
  description: string;
  children: ReactNode;
}) {
  return (
    <PlainPage width="lg" actions={<AccountMenu actor={actor} />}>
      <PageHeader
        back={<TextLink href="/projects">Projects</TextLink>}
        title={title}
        description={description}
      />
      <div className="mb-6">
        <LinkTabs label="Documentation" tabs={TABS} current={current} />
      </div>
      {children}
    </PlainPage>
  );
}
