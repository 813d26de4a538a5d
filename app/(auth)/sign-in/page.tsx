import type { Route } from "next";
import { redirect } from "next/navigation";

import { identityProviderName } from "@/app/_boundary/auth";
import { safePath } from "@/app/_boundary/safe-path";
import { publicPage } from "@/app/_boundary/session";
import { PlainPage } from "@/components/shell/plain-page";
import { Banner } from "@/components/ui/banner";
import { PageHeader } from "@/components/ui/page-header";
import { setupIsOpen } from "@/lib/project/complete-setup";
import { SignInForm } from "./sign-in-form";

export const metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ to?: string | string[]; error?: string | string[] }>;
}) {
  const { ctx, actor } = await publicPage("People sign in here.");
  const { to, error } = await searchParams;
  const next = safePath(to);
  if (actor) redirect(next as Route);
  const unfinished = await setupIsOpen(ctx.db);
  return (
    <PlainPage>
      <PageHeader title="Sign in" description="With the address that you were invited with." />
      {unfinished ? (
        <Banner tone="info" title="Assay is not set up yet" className="mb-5">
          The server printed an address on its console when it started. Open it to become the administrator.
        </Banner>
      ) : null}
      <SignInForm
        to={next}
        provider={identityProviderName()}
        failed={typeof error === "string" ? error : null}
      />
    </PlainPage>
  );
}
