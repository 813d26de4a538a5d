"use client";

import { useState } from "react";

import { CodeBlock } from "@/components/ui/copy-block";
import { Segmented } from "@/components/ui/segmented";

import { type Language, LANGUAGES, snippet, type SnippetFacts } from "./snippets";

const HOW: Record<Language, string> = {
  curl: "Paste it into a terminal.",
  typescript: "Put it into a file and run it.",
  python: "Put it into a file and run it.",
  opentelemetry:
    "Paste it into a terminal. Your service needs the same variables: the last two let it record inputs and outputs, which tracing leaves out otherwise.",
};

/** The lines that send the first outputs, in the language of one's choice. */
export function SnippetView(facts: SnippetFacts) {
  const [language, setLanguage] = useState<Language>("curl");
  const label = LANGUAGES.find(({ value }) => value === language)?.label ?? language;
  const count = Math.max(1, facts.records.length);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-muted">
          {facts.records.length === 0
            ? "Sends an example."
            : count === 1
              ? "Sends the record that was pasted."
              : `Sends the ${count} records that were pasted.`}{" "}
          {HOW[language]}
        </p>
        <Segmented
          label="Language"
          value={language}
          options={LANGUAGES}
          onChange={(value) => setLanguage(LANGUAGES.find((each) => each.value === value)?.value ?? "curl")}
        />
      </div>
      <CodeBlock
        label={label}
        code={snippet(language, facts)}
        className="[&_pre]:max-h-80 [&_pre]:overflow-y-auto"
      />
    </div>
  );
}
