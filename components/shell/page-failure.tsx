"use client";

import { useEffect, useRef, useState } from "react";

import { Button, LinkButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";

import { PlainPage } from "./plain-page";

export interface FailureProps {
  error: unknown;
  /** Asks the server for the page again. */
  retry: () => void;
  /** The frame of the project is still around it. */
  framed?: boolean;
}

type Cause = "page" | "database" | "server";

const ASK_EVERY_MS = 4_000;

const WORDS: Readonly<Record<Cause, { title: string; text: string }>> = {
  page: {
    title: "This page failed",
    text: "Nothing was changed. Try again; if it fails again, tell whoever runs this installation the reference below: the server's log has the cause under it.",
  },
  database: {
    title: "The database does not answer",
    text: "Nothing can be read just now. Nothing was changed, and whatever was confirmed as saved is saved. This page comes back by itself; if that takes long, tell whoever runs this installation.",
  },
  server: {
    title: "The server does not answer",
    text: "Nothing was changed. Check the connection; this page comes back by itself as soon as the server can be reached.",
  },
};

/** A page that could not be shown: what does not work, what that means, what to do. It asks on, and comes back by itself. */
export function PageFailure({ error, retry, framed = false }: FailureProps) {
  const cause = useCause(retry);
  const { title, text } = WORDS[cause];
  const state = (
    <ErrorState
      heading="h1"
      className={framed ? "py-20" : ""}
      title={title}
      requestId={cause === "page" ? digestOf(error) : undefined}
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          {framed || cause !== "page" ? null : <LinkButton href="/projects">All projects</LinkButton>}
        </>
      }
    >
      {text}
    </ErrorState>
  );
  return framed ? state : <PlainPage>{state}</PlainPage>;
}

/** Whether it is the page, the database or the server; tries the page again as soon as what did not work works. */
function useCause(retry: () => void): Cause {
  const [cause, setCause] = useState<Cause>("page");
  const again = useRef(retry);
  useEffect(() => {
    again.current = retry;
  });
  useEffect(() => {
    const stop = new AbortController();
    let away = false;
    const ask = async () => {
      if (document.visibilityState !== "visible") return;
      const found = await askReady(stop.signal);
      if (stop.signal.aborted) return;
      if (found === "page" && away) again.current();
      away = found !== "page";
      setCause(found);
    };
    void ask();
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, []);
  return cause;
}

async function askReady(signal: AbortSignal): Promise<Cause> {
  try {
    const answer = await fetch("/api/health/ready", { cache: "no-store", signal });
    if (answer.ok) return "page";
    // A server that is being stopped says another word.
    return (await answer.text()) === "unready" ? "database" : "server";
  } catch {
    return "server";
  }
}

/** What the log has the cause under. */
function digestOf(error: unknown): string | undefined {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return typeof digest === "string" ? digest : undefined;
}
