import { Refusal } from "./refusal";

export interface AdmissionLimits {
  /** Requests that are worked on at once. */
  requests: number;
  /** Bytes of bodies that are held at once. */
  bytes: number;
}

export const DEFAULT_ADMISSION: AdmissionLimits = { requests: 512, bytes: 128 * 1024 * 1024 };

/** The right to be worked on. */
export interface Permit {
  /** Counts bytes that this request holds in memory. @throws Refusal 503 when all requests together hold too many */
  hold(bytes: number): void;
  leave(): void;
}

export interface Admission {
  /** @throws Refusal 503 when the process has more than enough to do */
  enter(): Permit;
}

/** Bounded work and memory: beyond it a sender is told when to come again, at once and without harm. */
export function createAdmission(limits: AdmissionLimits, now = { requests: 0, bytes: 0 }): Admission {
  return {
    enter() {
      if (now.requests >= limits.requests) throw overloaded();
      now.requests += 1;
      let held = 0;
      return {
        hold(more) {
          if (now.bytes + more > limits.bytes) throw overloaded();
          now.bytes += more;
          held += more;
        },
        leave() {
          now.requests -= 1;
          now.bytes -= held;
        },
      };
    },
  };
}

/** Senders come back at different times. */
export function retrySeconds(): number {
  return 1 + Math.floor(Math.random() * 4);
}

function overloaded(): Refusal {
  const sentence = "Too much is coming in at once. Nothing was stored; send it again.";
  return new Refusal(503, "overloaded", sentence, { retryAfterSeconds: retrySeconds(), close: true });
}
