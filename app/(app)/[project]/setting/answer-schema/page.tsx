import { pageContext } from "@/app/_boundary/session";
import { DocLink } from "@/components/docs/doc-link";
import { PageHeader } from "@/components/ui/page-header";
import { formatInstant } from "@/lib/core/format";
import { answerSchemaVersions, outputPlaces, recentOutputs, suggestedDefinition } from "@/lib/review/queries";
import { FormEditor } from "./form-editor";
import { FormVersions } from "./form-versions";

export const metadata = { title: "Answer form" };

/** As many outputs as it takes to know the places of a form. */
const LOOKED_AT = 50;

export default async function AnswerSchemaPage({ params }: { params: Promise<{ project: string }> }) {
  const { ctx, project } = await pageContext(params, "project.manage");
  const [versions, recent] = await Promise.all([answerSchemaVersions(ctx), recentOutputs(ctx, LOOKED_AT)]);
  const [inForce] = versions;
  const suggestion = inForce ? null : await suggestedDefinition(ctx);
  return (
    <>
      <PageHeader
        title="Answer form"
        description={
          <>
            What reviewers are asked, and when an output counts as right. Reviewers answer before they see the
            output; then the two are compared.{" "}
            <DocLink to="/docs#verdict">What a verdict follows from</DocLink>
          </>
        }
      />
      <div className="flex flex-col gap-4">
        <FormEditor
          key={inForce?.version ?? 0}
          slug={project.slug}
          version={inForce?.version ?? 0}
          definition={inForce?.definition ?? suggestion}
          instructions={inForce?.instructions ?? ""}
          suggested={inForce === undefined && suggestion !== null}
          places={outputPlaces(recent.map((each) => each.output))}
          truthPlaces={outputPlaces(recent.flatMap((each) => (each.truth === null ? [] : [each.truth])))}
        />
        <FormVersions
          versions={versions.map((each) => ({
            version: each.version,
            since: formatInstant(each.createdAt, project.timeZone),
            fields: each.definition.fields.map(({ key, label, type }) => ({ key, label, type })),
            threshold: each.definition.threshold,
          }))}
        />
      </div>
    </>
  );
}
