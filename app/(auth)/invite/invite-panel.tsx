"use client";

import { useEffect, useState } from "react";

import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { PageHeader } from "@/components/ui/page-header";
import { AcceptForm } from "./accept-form";
import { JoinForm } from "./join-form";
import { ResetForm } from "./reset-form";

export interface InviteView {
  purpose: "project" | "admin" | "password";
  project_name: string | null;
  role: "MANAGER" | "REVIEWER" | "VIEWER" | null;
  email: string | null;
}

const ROLES = { MANAGER: "manager", REVIEWER: "reviewer", VIEWER: "viewer" };

type State =
  | { step: "looking" }
  | { step: "over"; sentence: string }
  | { step: "open"; token: string; view: InviteView };

export function InvitePanel({ signedInAs }: { signedInAs: string | null }) {
  const [state, setState] = useState<State>({ step: "looking" });

  useEffect(() => {
    const token = window.location.hash.slice(1);
    fetchJson<InviteView>("/api/v1/invites/view", { method: "POST", body: { token } })
      .then((view) => setState({ step: "open", token, view }))
      .catch((error: unknown) => setState({ step: "over", sentence: problemSentence(error) }));
  }, []);

  if (state.step === "looking") {
    return <p role="status">Looking at your link …</p>;
  }
  if (state.step === "over") {
    return (
      <EmptyState
        heading="h1"
        title="This link does not open anything"
        actions={<LinkButton href="/sign-in">Sign in</LinkButton>}
      >
        {state.sentence}
      </EmptyState>
    );
  }
  const { token, view } = state;
  return (
    <>
      <PageHeader title={titleOf(view)} description={descriptionOf(view)} />
      {view.purpose === "password" ? (
        <ResetForm token={token} />
      ) : signedInAs ? (
        <JoinForm token={token} name={signedInAs} />
      ) : (
        <AcceptForm token={token} email={view.email} />
      )}
    </>
  );
}

function titleOf(view: InviteView): string {
  if (view.purpose === "password") return "Choose a new password";
  return view.purpose === "admin"
    ? "Become administrator of Assay"
    : `Join ${view.project_name ?? "the project"}`;
}

function descriptionOf(view: InviteView): string {
  if (view.purpose === "password")
    return `For ${view.email ?? "your account"}. Every device that is signed in now is signed out.`;
  if (view.purpose === "admin") return "You can make projects and decide who belongs to this installation.";
  return `You were invited as ${view.role ? ROLES[view.role] : "member"}.`;
}
