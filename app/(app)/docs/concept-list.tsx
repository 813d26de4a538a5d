import type { Concept } from "./concepts";

/** Terms with their paragraphs, and a list to jump by. */
export function ConceptList({ concepts }: { concepts: readonly Concept[] }) {
  return (
    <div className="grid items-start gap-8 md:grid-cols-[12rem_minmax(0,1fr)]">
      <nav aria-label="On this page" className="md:sticky md:top-4">
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm md:flex-col">
          {concepts.map(({ id, term }) => (
            <li key={id}>
              <a href={`#${id}`} className="block rounded-sm py-0.5 text-muted hover:text-ink">
                {term}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="flex max-w-prose flex-col gap-7">
        {concepts.map(({ id, term, text }) => (
          <section key={id} id={id} aria-labelledby={`${id}-term`} className="scroll-mt-4">
            <h2 id={`${id}-term`} className="text-lg font-semibold text-ink">
              {term}
            </h2>
            {text.map((paragraph) => (
              <p key={paragraph} className="mt-1.5 text-base text-muted text-pretty">
                {paragraph}
              </p>
            ))}
          </section>
        ))}
      </div>
    </div>
  );
}
