import { DocsPage } from "@/app/(app)/docs/docs-page";
import { instanceContext } from "@/app/_boundary/session";
import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/copy-block";
import { Cell, HeaderCell, Table, TableBody, TableHead, TableRow } from "@/components/ui/table";
import document from "@/app/api/v1/openapi.json/document.json";

import { type ApiField, type ApiOperation, apiOperations } from "./api-reference";

export const metadata = { title: "API reference" };

export default async function ApiPage() {
  const { actor } = await instanceContext("instance.use");
  const operations = apiOperations(document);
  const groups = [...new Set(operations.map(({ group }) => group))].sort().toReversed();
  return (
    <DocsPage
      actor={actor}
      current="/docs/api"
      title="API"
      description="What systems send and read with a key. Written from the description that the product itself answers by."
    >
      <div className="mb-6 flex max-w-prose flex-col gap-2 text-sm text-muted">
        <p>
          Send the key of a project in every request: <code>Authorization: Bearer asy_…</code>. An answer that
          begins with 2 means that every record of the request is stored, as taken, sent twice, in conflict or
          in quarantine with its reasons. After 429 and 503 send again, after as many seconds as Retry-After
          says.
        </p>
        <p>
          For programs: <TextLink href="/api/v1/openapi.json">the same as OpenAPI 3.1</TextLink>.
        </p>
      </div>
      <div className="flex flex-col gap-8">
        {groups.map((group) => (
          <section key={group} aria-labelledby={`group-${group}`} className="flex flex-col gap-3">
            <h2 id={`group-${group}`} className="text-lg font-semibold text-ink">
              {group}
            </h2>
            {operations
              .filter((operation) => operation.group === group)
              .map((operation) => (
                <Operation key={operation.id} operation={operation} />
              ))}
          </section>
        ))}
      </div>
    </DocsPage>
  );
}

function Operation({ operation }: { operation: ApiOperation }) {
  const { id, method, path, summary, note, parameters, body, example, statuses } = operation;
  return (
    <section id={id} className="scroll-mt-4">
      <Card>
        <div className="flex flex-col gap-3">
          <h3 className="flex flex-wrap items-center gap-2">
            <Badge tone={method === "GET" ? "neutral" : "accent"}>{method}</Badge>
            <code className="font-mono text-sm font-medium text-ink [overflow-wrap:anywhere]">{path}</code>
          </h3>
          <p className="text-sm text-muted">
            {summary} {note}
          </p>
          {parameters.length > 0 ? <Fields label={`Parameters of ${path}`} fields={parameters} /> : null}
          {body.length > 0 ? <Fields label={`Members of a record for ${path}`} fields={body} /> : null}
          {example ? <CodeBlock label="Example" code={example} /> : null}
          <p className="text-xs text-subtle">Answers: {statuses.join(", ")}.</p>
        </div>
      </Card>
    </section>
  );
}

function Fields({ label, fields }: { label: string; fields: readonly ApiField[] }) {
  return (
    <div className="overflow-hidden rounded-lg border border-line">
      <Table label={label}>
        <TableHead>
          <tr>
            <HeaderCell>Name</HeaderCell>
            <HeaderCell>What</HeaderCell>
          </tr>
        </TableHead>
        <TableBody>
          {fields.map(({ name, type, required, note }) => (
            <TableRow key={name}>
              <Cell className="align-top font-mono text-xs">
                {name}
                {required ? <span className="block font-sans text-2xs text-subtle">needed</span> : null}
              </Cell>
              <Cell className="align-top">
                <span className="font-mono text-xs [overflow-wrap:anywhere] text-muted">{type}</span>
                {note ? <span className="block text-sm text-muted">{note}</span> : null}
              </Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
