import fc from "fast-check";

/** What people and the detector may do to the incidents of one segment, in any order, sensible or not. */
export type Command =
  | { verb: "alarm"; step: number }
  | { verb: "acknowledge" | "unmute" | "resolve" | "reopen" | "note"; target: number }
  | { verb: "mute"; target: number; days: number }
  | { verb: "wait"; days: number };

/** What a person sees of one incident, and everything that its timeline must say. */
export interface ModelIncident {
  state: "OPEN" | "ACKNOWLEDGED" | "RESOLVED";
  alarms: number;
  lastSequence: number;
  resolvedSequence: number | null;
  /** Day on which the mute ends. */
  mutedUntil: number | null;
  events: string[];
}

/** A plain model of the incidents of one segment, written from the rules and not from the code. */
export class IncidentModel {
  readonly incidents: ModelIncident[] = [];
  /** Days since the start. */
  now = 0;
  /** The newest cohort that was fed. */
  fed = 0;

  /** The error code that must come, or null when the step is legal and was done. */
  run(command: Command): string | null {
    if (command.verb === "wait") {
      this.now += command.days;
      return null;
    }
    if (command.verb === "alarm") return this.alarm(command.step);
    const incident = this.incidents[command.target];
    if (!incident) return "NOT_FOUND";
    const resolved = incident.state === "RESOLVED";
    switch (command.verb) {
      case "note":
        break;
      case "acknowledge":
        if (incident.state !== "OPEN") return "CONFLICT";
        incident.state = "ACKNOWLEDGED";
        break;
      case "mute":
        if (resolved) return "CONFLICT";
        if (command.days <= 0 || command.days > 90) return "INVALID";
        incident.mutedUntil = this.now + command.days;
        break;
      case "unmute":
        if (resolved || incident.mutedUntil === null || incident.mutedUntil <= this.now) return "CONFLICT";
        incident.mutedUntil = null;
        break;
      case "resolve":
        if (resolved) return "CONFLICT";
        incident.state = "RESOLVED";
        incident.resolvedSequence = this.fed;
        break;
      case "reopen":
        if (!resolved || this.incidents.some((each) => each.state !== "RESOLVED")) return "CONFLICT";
        incident.state = incident.events.includes("acknowledged") ? "ACKNOWLEDGED" : "OPEN";
        incident.resolvedSequence = null;
        break;
    }
    incident.events.push(EVENT_OF[command.verb]);
    return null;
  }

  /** The detector goes `step` cohorts on (0: the last cohort again) and reaches its threshold there. */
  private alarm(step: number): null {
    this.fed = Math.max(1, this.fed + step);
    if (this.incidents.some((each) => (each.resolvedSequence ?? 0) >= this.fed)) return null;
    const open = this.incidents.find((each) => each.state !== "RESOLVED");
    if (!open) {
      this.incidents.push({
        state: "OPEN",
        alarms: 1,
        lastSequence: this.fed,
        resolvedSequence: null,
        mutedUntil: null,
        events: ["opened"],
      });
    } else if (open.lastSequence < this.fed) {
      open.alarms += 1;
      open.lastSequence = this.fed;
      open.events.push("alarmed");
    }
    return null;
  }
}

const EVENT_OF = {
  note: "noted",
  acknowledge: "acknowledged",
  mute: "muted",
  unmute: "unmuted",
  resolve: "resolved",
  reopen: "reopened",
} as const;

const target = fc.integer({ min: 0, max: 2 });

const commandArbitrary: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ verb: fc.constant("alarm"), step: fc.integer({ min: 0, max: 2 }) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      verb: fc.constantFrom("acknowledge", "unmute", "resolve", "reopen", "note"),
      target,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ verb: fc.constant("mute"), target, days: fc.constantFrom(-1, 0, 1, 3, 90, 91) }),
  },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant("wait"), days: fc.constantFrom(1, 2, 5) }) },
);

/** Begins with an alarm, so that there is something to act on. */
export const historyArbitrary: fc.Arbitrary<Command[]> = fc
  .array(commandArbitrary, { minLength: 2, maxLength: 9 })
  .map((commands) => [{ verb: "alarm", step: 1 }, ...commands]);
