"use client";

import { BellOff, BellRing, CircleCheck, MessageSquarePlus, RotateCcw, UserCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { fetchJson, problemSentence } from "@/components/ui/fetch-json";
import { useToast } from "@/components/ui/toast";
import type { IncidentRow, IncidentStanding } from "@/lib/incident/schema";

import { MuteDialog, NoteDialog, ResolveDialog } from "./incident-dialogs";

export interface IncidentActionsProps {
  slug: string;
  incident: Pick<IncidentRow, "id" | "standing" | "state">;
  timeZone: string;
  /** What the reviews since a fix say; shown where somebody resolves. */
  recovery: string | null;
}

type Asked = "acknowledge" | "mute" | "resolve" | "note";

/** What a manager can do with an incident; each step asks for a note and says afterwards what it did. */
export function IncidentActions({ slug, incident, timeZone, recovery }: IncidentActionsProps) {
  const router = useRouter();
  const { show } = useToast();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [busy, setBusy] = useState(false);

  /** @throws ApiProblem */
  async function send(verb: string, body: object): Promise<IncidentStanding> {
    const done = await fetchJson(`/api/v1/projects/${slug}/incidents/${incident.id}/${verb}`, {
      method: "POST",
      body,
      parse: async (answer) => (await import("@/lib/incident/schema")).incidentStandingSchema.parse(answer),
    });
    router.refresh();
    return done;
  }

  /** A step without a dialog: what goes wrong is said in a toast. */
  async function run(verb: string, title: string) {
    setBusy(true);
    try {
      await send(verb, {});
      show({ title });
    } catch (error) {
      show({ title: problemSentence(error), kind: "problem" });
      router.refresh();
    }
    setBusy(false);
  }

  const close = () => setAsked(null);
  const dialog = (kind: Asked) => ({ open: asked === kind, onClose: close });
  return (
    <>
      {incident.standing === "resolved" ? (
        <Button busy={busy} onClick={() => run("reopen", "The incident is open again.")}>
          <RotateCcw aria-hidden="true" />
          Reopen
        </Button>
      ) : (
        <>
          {incident.standing === "muted" ? (
            <Button busy={busy} onClick={() => run("unmute", "The incident is not muted any more.")}>
              <BellRing aria-hidden="true" />
              Unmute
            </Button>
          ) : (
            <Button onClick={() => setAsked("mute")}>
              <BellOff aria-hidden="true" />
              Mute
            </Button>
          )}
          <Button
            onClick={() => setAsked("resolve")}
            variant={incident.state === "open" ? "secondary" : "primary"}
          >
            <CircleCheck aria-hidden="true" />
            Resolve
          </Button>
          {incident.state === "open" ? (
            <Button variant="primary" onClick={() => setAsked("acknowledge")}>
              <UserCheck aria-hidden="true" />
              Acknowledge
            </Button>
          ) : null}
        </>
      )}
      <Button variant="ghost" onClick={() => setAsked("note")}>
        <MessageSquarePlus aria-hidden="true" />
        Note
      </Button>
      <NoteDialog
        {...dialog("acknowledge")}
        title="Acknowledge this incident"
        description="Everybody sees that you have taken it on. It stays open until it is resolved."
        confirmLabel="Acknowledge"
        onConfirm={async (note) => {
          await send("acknowledge", note ? { note } : {});
          show({ title: "You have acknowledged the incident." });
        }}
      />
      <NoteDialog
        {...dialog("note")}
        title="Add a note"
        description="It stays on the timeline with your name."
        confirmLabel="Add note"
        required
        onConfirm={async (note) => {
          await send("note", { note });
          show({ title: "The note is on the timeline." });
        }}
      />
      <MuteDialog
        {...dialog("mute")}
        timeZone={timeZone}
        onConfirm={async (body, until) => {
          await send("mute", body);
          show({
            title: `Muted until ${until}.`,
            undo: { run: () => void run("unmute", "The incident is not muted any more.") },
          });
        }}
      />
      <ResolveDialog
        {...dialog("resolve")}
        recovery={recovery}
        onConfirm={async (body) => {
          await send("resolve", body);
          show({
            title: "The incident is resolved.",
            undo: { run: () => void run("reopen", "The incident is open again.") },
          });
        }}
      />
    </>
  );
}
