"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";

import { FormProblem } from "@/components/form/form-problem";
import { LinkDialog, type MadeLink } from "@/components/form/link-dialog";
import { type OpenLink, OpenLinks } from "@/components/form/open-links";
import { useSubmit } from "@/components/form/use-submit";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RadioGroup } from "@/components/ui/choice";
import { ApiProblem, fetchJson } from "@/components/ui/fetch-json";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { formatInstant } from "@/lib/core/format";
import { ROLE_OPTIONS } from "./roles";

interface AddMemberProps {
  slug: string;
  timeZone: string;
  invites: readonly OpenLink[];
}

/** Adds somebody who has an account at once, and makes a link for everybody else. */
export function AddMember({ slug, timeZone, invites }: AddMemberProps) {
  const router = useRouter();
  const { show } = useToast();
  const { busy, problem, fields, run } = useSubmit();
  const [role, setRole] = useState("REVIEWER");
  const [link, setLink] = useState<MadeLink | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const email = String(new FormData(form).get("email")).trim();
    const done = await run(async () => {
      const added = email === "" ? null : await addKnown(slug, email, role);
      if (added) show({ title: `${added.name} is a member now` });
      else setLink(await makeLink(slug, timeZone, role, email));
    });
    if (!done) return;
    form.reset();
    router.refresh();
  }

  return (
    <>
      <Card
        title="Add somebody"
        description="Whoever has an account here becomes a member at once. For everybody else you get a link to pass on."
      >
        <form onSubmit={submit} className="flex max-w-xl flex-col gap-4">
          <FormProblem problem={problem} />
          <RadioGroup legend="Role" name="role" value={role} options={ROLE_OPTIONS} onChange={setRole} />
          <Field
            label="E-mail"
            hint="Leave it empty for a link that whoever holds it can use."
            error={fields.email}
          >
            <Input name="email" type="email" autoComplete="off" maxLength={254} />
          </Field>
          <div>
            <Button type="submit" variant="primary" busy={busy}>
              Add or make a link
            </Button>
          </div>
        </form>
      </Card>
      <Card title="Links that nobody has used yet">
        <OpenLinks links={invites} address={(id) => `/api/v1/projects/${slug}/invites/${id}`} />
      </Card>
      <LinkDialog title="Link to join this project" link={link} onClose={() => setLink(null)} />
    </>
  );
}

/** Null when nobody has this address. */
async function addKnown(slug: string, email: string, role: string): Promise<{ name: string } | null> {
  try {
    return await fetchJson<{ name: string }>(`/api/v1/projects/${slug}/members`, {
      method: "POST",
      body: { email, role },
    });
  } catch (error) {
    if (error instanceof ApiProblem && error.reason === "no_account") return null;
    throw error;
  }
}

async function makeLink(slug: string, timeZone: string, role: string, email: string): Promise<MadeLink> {
  const made = await fetchJson<{ path: string; expires_at: string }>(`/api/v1/projects/${slug}/invites`, {
    method: "POST",
    body: { role, ...(email === "" ? {} : { email }) },
  });
  return { path: made.path, validUntil: formatInstant(made.expires_at, timeZone) };
}
