import type { ReactNode } from "react";

import { TextLink } from "@/components/ui/button";

import type { DocHref } from "./doc-sections";

/** From where a word is used to where it is explained. The text says what is found there, not "more". */
export function DocLink({ to, children }: { to: DocHref; children: ReactNode }) {
  return (
    <TextLink href={to} className="whitespace-nowrap print:hidden">
      {children}
    </TextLink>
  );
}
