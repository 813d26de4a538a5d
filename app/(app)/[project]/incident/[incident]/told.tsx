import { toldSentence } from "@/components/alert/delivery-words";
import { TextLink } from "@/components/ui/button";
import type { DeliveryRow } from "@/lib/alert/schema";

const EVENT_WORDS = {
  opened: "That it opened",
  acknowledged: "That somebody took it on",
  resolved: "That it is over",
  reopened: "That it is open again",
};
const DOTS = {
  delivered: "bg-good",
  dead: "bg-alarm",
  waiting: "bg-warn",
  held: "bg-control",
  bundled: "bg-control",
};

/** Who outside of the product was told of an incident, by what it was. */
export function Told({
  slug,
  incidentId,
  timeZone,
  deliveries,
  canManage,
}: {
  slug: string;
  incidentId: string;
  timeZone: string;
  deliveries: readonly DeliveryRow[];
  canManage: boolean;
}) {
  const events = [...new Set(deliveries.flatMap(({ event }) => event ?? []))];
  return (
    <div className="flex flex-col gap-3 text-sm">
      {events.map((event) => (
        <div key={event}>
          <p className="text-muted">{EVENT_WORDS[event]}</p>
          <ul className="mt-1 flex flex-col gap-1">
            {deliveries
              .filter((each) => each.event === event)
              .map((each) => (
                <li key={each.id} className="flex gap-2 text-ink">
                  <span
                    aria-hidden="true"
                    className={`mt-1.5 size-[7px] shrink-0 rounded-full ${DOTS[each.state]}`}
                  />
                  <span className="min-w-0 break-words tabular">{toldSentence(each, timeZone)}</span>
                </li>
              ))}
          </ul>
        </div>
      ))}
      {canManage ? (
        <TextLink href={`/${slug}/setting/alert/log?incident=${incidentId}`}>Every attempt</TextLink>
      ) : null}
    </div>
  );
}
