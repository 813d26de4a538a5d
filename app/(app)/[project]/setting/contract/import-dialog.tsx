"use client";

import { type FormEvent, useState } from "react";
import { FormProblem } from "@/components/form/form-problem";
import { useSubmit } from "@/components/form/use-submit";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { ApiProblem, fetchJson } from "@/components/ui/fetch-json";
import { Select, Textarea } from "@/components/ui/input";
import type { Rule } from "@/lib/contract/schema";
import { importedSchema } from "@/lib/contract/wire-schema";

interface Result {
  rules: Rule[];
  unsupported: readonly { pointer: string; keyword: string }[];
}

const SHOWN = 20;

/** Takes over a JSON Schema as rules; what it says beyond them is named. */
export function ImportDialog({ slug, onImport }: { slug: string; onImport: (rules: Rule[]) => void }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [root, setRoot] = useState("/input");
  const [result, setResult] = useState<Result | null>(null);
  const { busy, problem, run } = useSubmit();

  async function translate(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    await run(async () => {
      const answer = await fetchJson(`/api/v1/projects/${slug}/contract/import`, {
        method: "POST",
        body: { schema: parsed(text), root },
        parse: (value) => importedSchema.parse(value),
      });
      setResult({ rules: answer.definition.rules, unsupported: answer.unsupported });
    });
  }

  function take(rules: Rule[]) {
    onImport(rules);
    setOpen(false);
  }

  return (
    <Dialog
      title="Import a JSON Schema"
      description="It is translated into rules. Nothing is published yet."
      size="lg"
      open={open}
      onOpenChange={(now) => {
        setOpen(now);
        setResult(null);
      }}
      trigger={<Button>Import a JSON Schema</Button>}
      footer={
        result ? (
          <>
            <Button onClick={() => setResult(null)}>Back</Button>
            <Button variant="primary" disabled={result.rules.length === 0} onClick={() => take(result.rules)}>
              Take over {result.rules.length} {result.rules.length === 1 ? "rule" : "rules"}
            </Button>
          </>
        ) : null
      }
    >
      {result ? (
        <ImportResult result={result} />
      ) : (
        <form onSubmit={translate} className="flex flex-col gap-3 pb-2">
          <FormProblem problem={problem} />
          <Field label="It describes">
            <Select
              value={root}
              onChange={(event) => setRoot(event.target.value)}
              options={[
                { value: "/input", label: "the input" },
                { value: "/output", label: "the output" },
              ]}
            />
          </Field>
          <Field label="Schema">
            <Textarea
              rows={10}
              className="font-mono text-xs"
              spellCheck={false}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <div className="flex justify-end">
            <Button type="submit" variant="primary" busy={busy} disabled={text.trim() === ""}>
              Translate
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiProblem(422, { detail: "This is no JSON. Paste the schema as it is in its file." });
  }
}

function ImportResult({ result }: { result: Result }) {
  const { rules, unsupported } = result;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-ink">
        {rules.length === 0
          ? "Nothing in it has a counterpart here."
          : `${rules.length} ${rules.length === 1 ? "rule comes" : "rules come"} from it. They flag; lock the ones that should hold records back.`}
      </p>
      {unsupported.length > 0 ? (
        <Banner
          tone="warn"
          title={`${unsupported.length} ${unsupported.length === 1 ? "statement has" : "statements have"} no counterpart and will not be checked`}
        >
          <ul className="mt-1 flex flex-col gap-0.5">
            {unsupported.slice(0, SHOWN).map(({ pointer, keyword }) => (
              <li key={`${pointer} ${keyword}`} className="[overflow-wrap:anywhere]">
                <span className="font-mono text-xs">{keyword}</span> at{" "}
                <span className="font-mono text-xs">{pointer === "" ? "the top" : pointer}</span>
              </li>
            ))}
          </ul>
          {unsupported.length > SHOWN ? <p>and {unsupported.length - SHOWN} more</p> : null}
        </Banner>
      ) : null}
    </div>
  );
}
