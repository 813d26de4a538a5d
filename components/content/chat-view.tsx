"use client";

import { ChevronRight, Wrench } from "lucide-react";
import { type ComponentType, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { JsonView } from "@/components/ui/json-view";
import { pictureOf, type Turn, type TurnPart } from "./chat-turns";
import { contentOf } from "./content-kind";
import { ImageView } from "./image-view";
import { LongText, ShowMore } from "./long-text";

/** Longer conversations begin with their end: that is what an output answers. */
const SHOWN_TURNS = 30;

const LOOK: Readonly<Record<Turn["who"], string>> = {
  instruction: "border-dashed bg-surface",
  person: "bg-sunken mr-4 sm:mr-10",
  model: "bg-accent-soft/40 ml-4 sm:ml-10",
  tool: "bg-surface ml-4 sm:ml-10",
  other: "bg-sunken",
};

/** Who said what, in their order; calls of tools and what came back are folded. */
export function ChatView({
  turns,
  Message,
}: {
  turns: readonly Turn[];
  /** How the text of a message is shown. */
  Message: ComponentType<{ text: string }>;
}) {
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : Math.max(0, turns.length - SHOWN_TURNS);
  return (
    <div className="flex flex-col gap-2.5">
      {hidden > 0 ? (
        <ShowMore onClick={() => setAll(true)}>Show the {hidden} earlier messages</ShowMore>
      ) : null}
      <ol className="flex flex-col gap-2.5" start={hidden + 1}>
        {turns.slice(hidden).map((turn, index) => (
          <li
            key={hidden + index}
            className={cn("min-w-0 rounded-lg border border-line px-3 py-2", LOOK[turn.who])}
          >
            <p className="text-xs font-medium text-muted">{turn.role}</p>
            <div className="flex flex-col gap-2">
              {turn.parts.map((part, at) => (
                <Part key={at} part={part} Message={Message} />
              ))}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Part({ part, Message }: { part: TurnPart; Message: ComponentType<{ text: string }> }) {
  if (part.kind === "text") return <Message text={part.text} />;
  const address = part.kind === "other" ? pictureOf(part.value) : null;
  const value = part.kind === "call" ? part.given : part.value;
  const title = part.kind === "call" ? part.name : part.kind === "result" ? "Result" : "Attachment";
  if (typeof value === "string" && value.length < 200 && contentOf(value).kind === "text")
    return <LongText text={value} />;
  const folded = (
    <details className="group min-w-0">
      <summary className="flex min-h-6 w-fit cursor-pointer items-center gap-1.5 rounded-sm text-sm text-muted hover:text-ink">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 text-subtle transition-transform group-open:rotate-90"
        />
        {part.kind === "call" ? <Wrench aria-hidden="true" className="size-3.5" /> : null}
        {part.kind === "call" ? "Calls " : null}
        <span className={part.kind === "call" ? "font-mono text-xs text-ink" : ""}>{title}</span>
      </summary>
      <div className="mt-1.5">
        <JsonView value={value} label={title} />
      </div>
    </details>
  );
  return address === null ? (
    folded
  ) : (
    <ImageView text={address} label="Attachment" meant>
      {folded}
    </ImageView>
  );
}
