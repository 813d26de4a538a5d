"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormProblem } from "@/components/form/form-problem";
import { usePreview } from "@/components/form/use-preview";
import { useSubmit } from "@/components/form/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { fetchJson } from "@/components/ui/fetch-json";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { type ContractDefinition, type CrossValidation, type Rule, ruleKey } from "@/lib/contract/schema";
import type { Suggestions } from "@/lib/contract/suggestion-schema";
import {
  type ContractDraftJson,
  contractRatesSchema,
  contractVersionSchema,
  definitionSchema,
} from "@/lib/contract/wire-schema";
import { FieldList } from "./field-list";
import { changeCount, withImported, withRule } from "./group-rules";
import { ImportDialog } from "./import-dialog";
import { InferButton } from "./infer-button";
import { PastDialog } from "./past-dialog";
import { RatesCard } from "./rates-card";
import { SuggestionCard } from "./suggestion-card";
import { withSuggestion } from "./with-suggestion";

interface ContractEditorProps {
  slug: string;
  /** The newest version; 0 before the first. */
  version: number;
  definition: ContractDefinition;
  rates: CrossValidation | null;
  /** Rules that were read off the pilot and that nobody has published. */
  draft: ContractDraftJson | null;
  suggestions: Suggestions;
  /** The sentence of each reason. */
  sentences: Readonly<Record<string, string>>;
}

const readDefinition = (value: unknown) => definitionSchema.safeParse(value).data ?? null;
const parseRates = (value: unknown) => contractRatesSchema.parse(value);

/** The rules as they would be published: changed here, tried on the pilot while they change, judged by nobody before. */
export function ContractEditor(props: ContractEditorProps) {
  const { slug, version, definition, draft, suggestions, sentences } = props;
  const router = useRouter();
  const { show } = useToast();
  const { busy, problem, run } = useSubmit();
  const ready = draft?.state === "READY" ? draft : null;
  const start = version === 0 && ready?.definition ? ready.definition : definition;
  const [rules, setRules] = useState<readonly Rule[]>(start.rules);
  const [note, setNote] = useState("");
  const saved = version === 0 && ready ? { rates: ready.rates } : { rates: props.rates };
  const preview = usePreview({
    path: `/api/v1/projects/${slug}/contract/preview`,
    wanted: { definition: { rules } },
    saved: { definition: { rules: start.rules } },
    ofSaved: saved,
    read: readDefinition,
    parse: parseRates,
  });
  const changes = changeCount(definition.rules, rules);
  const fromPilot = version > 0 && ready?.definition ? ready.definition : null;
  const fresh = fromPilot ? changeCount(rules, keepPeoples(rules, fromPilot.rules)) : 0;

  async function publish(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const done = await run(async () => {
      await fetchJson(`/api/v1/projects/${slug}/contract`, {
        method: "POST",
        body: { definition: { rules }, note, base_version: version },
        parse: (value) => contractVersionSchema.parse(value),
      });
    });
    if (!done) return;
    show({ title: `Version ${version + 1} judges what comes in from now on` });
    setNote("");
    router.refresh();
  }

  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-4 max-lg:order-2">
        {fromPilot && fresh > 0 ? (
          <Banner
            title="Rules were read off the pilot anew"
            actions={
              <Button size="sm" onClick={() => setRules(keepPeoples(rules, fromPilot.rules))}>
                Take them over
              </Button>
            }
          >
            {fresh} {fresh === 1 ? "rule differs" : "rules differ"} from those shown here. What people changed
            or locked stays.
          </Banner>
        ) : null}
        <SuggestionCard
          slug={slug}
          suggestions={suggestions}
          rules={rules}
          sentences={sentences}
          onTake={(taken) => {
            const key = ruleKey(taken.before);
            const now = rules.find((rule) => ruleKey(rule) === key);
            setRules(withRule(rules, key, withSuggestion(now, taken)));
            show({ title: "Taken over into the rules below; publish them when you are done" });
          }}
        />
        <FieldList
          rules={rules}
          rates={preview.preview.rates}
          onChange={(key, next) => setRules(withRule(rules, key, next))}
        />
      </div>
      <div className="flex min-w-0 flex-col gap-4 max-lg:order-1 lg:sticky lg:top-4">
        <RatesCard
          rates={preview.preview.rates}
          sentences={sentences}
          pending={preview.pending}
          problem={preview.problem}
          changed={changes > 0}
        />
        <Card title={version === 0 ? "Publish the first version" : "Publish"}>
          <form onSubmit={publish} className="flex flex-col gap-3">
            <FormProblem problem={problem} />
            <p className="text-sm text-muted">
              {changes === 0
                ? `Version ${version} is in force; nothing is changed.`
                : version === 0
                  ? `${rules.length} rules. From then on every output is judged as it comes in.`
                  : `${changes} ${changes === 1 ? "change" : "changes"} since version ${version}.`}
            </p>
            <Field label="Remark" hint="Why; shown with the version.">
              <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
            </Field>
            <div className="flex flex-wrap gap-2">
              <Button type="submit" variant="primary" busy={busy} disabled={changes === 0}>
                Publish version {version + 1}
              </Button>
              {changes > 0 && version > 0 ? (
                <Button variant="ghost" onClick={() => setRules(definition.rules)}>
                  Discard
                </Button>
              ) : null}
            </div>
          </form>
        </Card>
        <Card title="More">
          <div className="flex flex-wrap gap-2">
            <PastDialog slug={slug} definition={{ rules: [...rules] }} sentences={sentences} />
            <InferButton slug={slug} waiting={draft?.state === "WAITING"} label="Read the pilot again" />
            <ImportDialog slug={slug} onImport={(imported) => setRules(withImported(rules, imported))} />
          </div>
        </Card>
      </div>
    </div>
  );
}

/** What the pilot says now, but what a person decided stays decided. */
function keepPeoples(rules: readonly Rule[], inferred: readonly Rule[]): Rule[] {
  return withImported(
    inferred,
    rules.filter(({ origin }) => origin !== "inferred"),
  );
}
