"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export interface NewPerson {
  name: string;
  email: string;
  password: string;
}

/** What the form of a new person holds. */
export function personFrom(form: HTMLFormElement): NewPerson {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? "");
  return { name: text("name"), email: text("email"), password: text("password") };
}

/** Name, address and password of somebody who has no account yet. `email` fixed when the link was made for it. */
export function PersonFields({
  fields,
  email,
}: {
  fields: Readonly<Record<string, string>>;
  email?: string | null;
}) {
  return (
    <>
      <Field label="Your name" error={fields.name} required>
        <Input name="name" autoComplete="name" maxLength={80} />
      </Field>
      <Field label="E-mail" hint="To sign in with. Assay sends no mail." error={fields.email} required>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          maxLength={254}
          {...(email ? { value: email, readOnly: true } : {})}
        />
      </Field>
      <PasswordField error={fields.password} />
    </>
  );
}

export function PasswordField({
  error,
  label = "Password",
  name = "password",
}: {
  error?: string | undefined;
  label?: string;
  name?: string;
}) {
  return (
    <Field label={label} hint="At least 12 characters: a few words." error={error} required>
      <Input name={name} type="password" autoComplete="new-password" minLength={12} maxLength={128} />
    </Field>
  );
}
