import { ConceptList } from "@/app/(app)/docs/concept-list";
import { DocsPage } from "@/app/(app)/docs/docs-page";
import { HONEST } from "@/app/(app)/docs/honest";
import { instanceContext } from "@/app/_boundary/session";

export const metadata = { title: "How the numbers stay honest" };

export default async function NumbersPage() {
  const { actor } = await instanceContext("instance.use");
  return (
    <DocsPage
      actor={actor}
      current="/docs/numbers"
      title="How the numbers stay honest"
      description="What is done so that a number on the screen can be trusted, and what it protects from."
    >
      <ConceptList concepts={HONEST} />
    </DocsPage>
  );
}
