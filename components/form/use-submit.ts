"use client";

import { useState } from "react";

import { ApiProblem, problemSentence } from "@/components/ui/fetch-json";

export interface Submission {
  busy: boolean;
  /** The sentence of a problem that belongs to no single field. */
  problem: string | null;
  /** Sentences by field name, as the API sent them. */
  fields: Readonly<Record<string, string>>;
  /** Runs the work; true when it succeeded. */
  run: (work: () => Promise<void>) => Promise<boolean>;
}

/** State of one form: at work, failed as a whole, failed at a field. */
export function useSubmit(): Submission {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});

  async function run(work: () => Promise<void>): Promise<boolean> {
    setBusy(true);
    setProblem(null);
    setFields({});
    try {
      await work();
      setBusy(false);
      return true;
    } catch (error) {
      const byField = error instanceof ApiProblem ? error.fields : {};
      setFields(byField);
      setProblem(Object.keys(byField).length > 0 ? null : problemSentence(error));
      setBusy(false);
      return false;
    }
  }

  return { busy, problem, fields, run };
}
