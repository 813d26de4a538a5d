import type { ReactNode } from "react";

import type { PageContext } from "@/app/_boundary/session";
import { TextLink } from "@/components/ui/button";
import { Card, Stat } from "@/components/ui/card";
import { formatInstant } from "@/lib/core/format";
import type { InputIncident } from "@/lib/incident/schema";

import { IncidentHeader } from "./incident-header";
import { firstSentence } from "./first-sentence";
import { Timeline } from "./timeline";

/** What is longer is a list of examples, not a number. */
const LONGEST_NUMBER = 16;

/** An incident about the inputs themselves: what was found, since when, and what has happened since. */
export function InputIncidentView({
  context,
  detail,
  children,
}: {
  context: PageContext;
  detail: InputIncident;
  /** What its kind has to say. */
  children?: ReactNode;
}) {
  const { project } = context;
  const { input } = detail;
  const [headline, more] = firstSentence(input.finding);
  return (
    <>
      <IncidentHeader project={project} detail={detail} canManage={context.can("project.manage")} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Card>
            <p className="text-lg font-medium text-ink text-pretty">{headline}</p>
            <p className="mt-1 mb-4 max-w-4xl text-sm text-muted text-pretty">
              {more ? `${more} ` : ""}
              Since about {formatInstant(input.since, project.timeZone)}.{" "}
              <TextLink href={`/${project.slug}/input`}>See what comes in</TextLink>
            </p>
            <div className="grid grid-cols-2 gap-x-6 gap-y-4 lg:grid-cols-4">
              {input.numbers.map(({ label, text }) =>
                text.length > LONGEST_NUMBER ? (
                  <div key={label} className="col-span-2 min-w-0 text-sm">
                    <p className="text-muted">{label}</p>
                    <p className="mt-1 break-words text-ink">{text}</p>
                  </div>
                ) : (
                  <Stat key={label} label={label} value={text} />
                ),
              )}
            </div>
          </Card>
          {children}
        </div>
        <Card title="What happened">
          <Timeline events={detail.events} timeZone={project.timeZone} />
        </Card>
      </div>
    </>
  );
}
