"use client";

import { Banner } from "@/components/ui/banner";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import type { ChannelRow } from "@/lib/alert/schema";
import { type ChannelDraft, wipesSecret } from "./channel-draft";

const REGIONS = [
  { value: "us", label: "United States (events.pagerduty.com)" },
  { value: "eu", label: "Europe (events.eu.pagerduty.com)" },
];

interface TargetProps {
  draft: ChannelDraft;
  before: ChannelRow | null;
  errors: Readonly<Record<string, string>>;
  hasMail: boolean;
  onChange: (change: Partial<ChannelDraft>) => void;
}

/** Where the messages of a channel go, by its kind. */
export function TargetFields(props: TargetProps) {
  const { draft, before } = props;
  return (
    <div className="flex flex-col gap-3">
      <KindFields {...props} />
      {wipesSecret(draft, before) ? (
        <Banner tone="warn" title="The secret of the old address is wiped">
          It is never sent anywhere else. Enter the secret of the new address here or make a new one later;
          nothing is sent before.
        </Banner>
      ) : null}
    </div>
  );
}

function KindFields({ draft, before, errors, hasMail, onChange }: TargetProps) {
  const address = { value: draft.destination, maxLength: 2_000, autoComplete: "off", spellCheck: false };
  if (draft.kind === "slack")
    return (
      <Field
        label="Address of the incoming webhook"
        hint={
          before
            ? "Whoever knows it can post, so it is kept sealed and not shown. Leave this empty to keep it."
            : "In Slack: Apps, Incoming Webhooks, Add to Slack, choose the channel, copy the address. It is kept sealed."
        }
        error={errors.destination}
        required={!before}
      >
        <Input
          {...address}
          type="url"
          placeholder="https://hooks.slack.com/services/…"
          onChange={(event) => onChange({ destination: event.target.value })}
        />
      </Field>
    );
  if (draft.kind === "email")
    return (
      <>
        {hasMail ? null : (
          <Banner tone="warn" title="This installation has no mail server yet">
            Whoever runs it names one with ASSAY_SMTP_URL and ASSAY_MAIL_FROM and starts it again.
          </Banner>
        )}
        <Field
          label="Recipients"
          hint="One or more addresses, with commas between them."
          error={errors.destination}
          required
        >
          <Textarea
            {...address}
            rows={2}
            onChange={(event) => onChange({ destination: event.target.value })}
          />
        </Field>
      </>
    );
  if (draft.kind === "pagerduty")
    return (
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Region of your account" error={errors.destination}>
          <Select
            value={draft.destination === "" ? "us" : draft.destination}
            options={
              draft.destination.startsWith("http")
                ? [...REGIONS, { value: draft.destination, label: draft.destination }]
                : REGIONS
            }
            onChange={(event) => onChange({ destination: event.target.value })}
          />
        </Field>
        <Field
          label="Integration key"
          hint={
            before
              ? "Leave it empty to keep the one that is there."
              : "Of a service: Integrations, Events API v2."
          }
          error={errors.secret}
          required={!before}
        >
          <SecretInput secret={draft.secret} onChange={onChange} />
        </Field>
      </div>
    );
  return (
    <>
      <Field label="Address" hint="It begins with https://." error={errors.destination} required>
        <Input
          {...address}
          type="url"
          placeholder="https://hooks.example.com/assay"
          onChange={(event) => onChange({ destination: event.target.value })}
        />
      </Field>
      <Field
        label="Signing secret"
        hint={
          before
            ? "Leave it empty to keep the one that is there."
            : "Leave it empty, and Assay makes one and shows it once. Or enter your own: whsec_ and 24 to 64 bytes in base64."
        }
        error={errors.secret}
      >
        <SecretInput secret={draft.secret} onChange={onChange} />
      </Field>
    </>
  );
}

function SecretInput({ secret, onChange }: { secret: string; onChange: TargetProps["onChange"] }) {
  return (
    <Input
      value={secret}
      autoComplete="off"
      spellCheck={false}
      className="font-mono"
      onChange={(event) => onChange({ secret: event.target.value })}
    />
  );
}
