"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { ApiProblem } from "@/components/ui/fetch-json";
import { fateOf } from "./outbox";

/** What the last question to the server told about reaching it as this person. */
export type Connection = "fine" | "offline" | "signed-out" | "no-role" | "other-person";

export interface ConnectionState {
  connection: Connection;
  /** Runs a question to the server and remembers how it went. */
  watched: <T>(asked: () => Promise<T>) => Promise<T>;
}

export function useConnection(): ConnectionState {
  const [connection, setConnection] = useState<Connection>("fine");
  const questions = useRef({ asked: 0, failed: 0 });
  const watched = useCallback(async <T>(ask: () => Promise<T>): Promise<T> => {
    const { current } = questions;
    current.asked += 1;
    const mine = current.asked;
    try {
      const answer = await ask();
      // What was asked before the last failure says nothing about the time after it.
      if (mine > current.failed) setConnection("fine");
      return answer;
    } catch (error) {
      const told = toldBy(error);
      if (told && told !== "fine") current.failed = current.asked;
      if (told) setConnection(told);
      throw error;
    }
  }, []);
  useEffect(() => {
    const offline = () => setConnection("offline");
    const online = () => setConnection((before) => (before === "offline" ? "fine" : before));
    window.addEventListener("offline", offline);
    window.addEventListener("online", online);
    return () => {
      window.removeEventListener("offline", offline);
      window.removeEventListener("online", online);
    };
  }, []);
  return { connection, watched };
}

/** Null: nothing was learnt, for example because the question took too long. */
export function toldBy(error: unknown): Connection | null {
  if (!(error instanceof ApiProblem)) return null;
  const fate = fateOf(error.status, error.reason);
  if (fate === "sign-in") return "signed-out";
  if (fate === "role") return "no-role";
  if (fate === "person") return "other-person";
  return error.status === 0 ? "offline" : "fine";
}
