"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { LinkDialog, type MadeLink } from "@/components/form/link-dialog";
import { type OpenLink, OpenLinks } from "@/components/form/open-links";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { fetchJson } from "@/components/ui/fetch-json";
import { formatInstant } from "@/lib/core/format";

/** Another administrator joins by a link. */
export function AdminInvites({ invites }: { invites: readonly OpenLink[] }) {
  const router = useRouter();
  const { busy, problem, run } = useSubmit();
  const [link, setLink] = useState<MadeLink | null>(null);

  async function make() {
    await run(async () => {
      const made = await fetchJson<{ path: string; expires_at: string }>("/api/v1/invites", {
        method: "POST",
        body: {},
      });
      setLink({ path: made.path, validUntil: `${formatInstant(made.expires_at, "UTC")} UTC` });
      router.refresh();
    });
  }

  return (
    <Card
      title="Administrators"
      description="A link for somebody new who should run this installation with you. Members of a project get theirs on its members page."
      actions={
        <Button busy={busy} onClick={make}>
          Make a link
        </Button>
      }
    >
      <FormProblem problem={problem} />
      <OpenLinks links={invites} address={(id) => `/api/v1/invites/${id}`} />
      <LinkDialog title="Link for an administrator" link={link} onClose={() => setLink(null)} />
    </Card>
  );
}
