import { notFound } from "next/navigation";

import { publicPage } from "@/app/_boundary/session";
import { PlainPage } from "@/components/shell/plain-page";
import { PageHeader } from "@/components/ui/page-header";
import { setupIsOpen } from "@/lib/project/complete-setup";
import { SetupForm } from "./setup-form";

export const metadata = { title: "Set up" };

export default async function SetupPage() {
  const { ctx } = await publicPage("The first administrator is made here, once.");
  if (!(await setupIsOpen(ctx.db))) notFound();
  return (
    <PlainPage>
      <PageHeader
        title="Set up Assay"
        description="You become the administrator. Others join by links that you give them."
      />
      <SetupForm />
    </PlainPage>
  );
}
