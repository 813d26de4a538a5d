import { instanceContext } from "@/app/_boundary/session";
import { TextLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { listProjects } from "@/lib/project/queries";

import { ConceptList } from "./concept-list";
import { CONCEPTS } from "./concepts";
import { DocsPage } from "./docs-page";
import { ShowTour } from "./show-tour";

export const metadata = { title: "Documentation" };

export default async function DocsHomePage() {
  const { ctx, actor } = await instanceContext("instance.use");
  const demo = (await listProjects(ctx)).find((project) => project.is_demo);
  return (
    <DocsPage
      actor={actor}
      current="/docs"
      title="Documentation"
      description="What the words on the screens mean. All of it is part of the product and needs no connection."
    >
      <div className="mb-8 grid gap-3 sm:grid-cols-2">
        <Card title="Where to begin">
          <p className="text-sm text-muted text-pretty">
            A new project opens its set-up by itself: paste what your system puts out, copy the lines that
            send it, and review twenty outputs. It can be opened again from the project&apos;s overview. The{" "}
            <TextLink href="/docs/api">API reference</TextLink> has every field.
          </p>
        </Card>
        <Card title="By an example">
          <p className="text-sm text-muted text-pretty">
            {demo
              ? "The simulated project tells in five steps how a silent loss is found."
              : "An administrator can make a simulated project on the page of all projects. It tells in five steps how a silent loss is found."}
          </p>
          {demo ? (
            <div className="mt-3">
              <ShowTour slug={demo.slug} />
            </div>
          ) : null}
        </Card>
      </div>
      <ConceptList concepts={CONCEPTS} />
    </DocsPage>
  );
}
