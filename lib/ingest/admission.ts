import { Refusal } from "./refusal";

export interface AdmissionLimits {
  /** Requests that are worked on at once. */
  requests: number;
  /** Bytes of bodies that are held at once. */
  bytes: number;
  /** How long a request may wait for its turn. */
  waitMilliseconds: number;
  waiting: number;
}

export const DEFAULT_ADMISSION: AdmissionLimits = {
  requests: 64,
  bytes: 128 * 1024 * 1024,
  waitMilliseconds: 250,
  waiting: 1_000,
};

/** The right to be worked on. */
export interface Permit {
  /** Counts bytes that this request holds in memory. @throws Refusal 503 when all requests together hold too many */
  hold(bytes: number): void;
  leave(): void;
}

export interface Admission {
  /** @throws Refusal 503 when the process has more than enough to do */
  enter(): Promise<Permit>;
  /** Requests that are worked on now. */
  active(): number;
}

/** Bounded work and memory: beyond it a sender is told when to come again, at once and without harm. */
export function createAdmission(limits: AdmissionLimits): Admission {
  let active = 0;
  let bytes = 0;
  const waiting: (() => void)[] = [];

  function permit(): Permit {
    active += 1;
    let held = 0;
    let left = false;
    return {
      hold(more) {
        if (bytes + more > limits.bytes) throw overloaded();
        bytes += more;
        held += more;
      },
      leave() {
        if (left) return;
        left = true;
        active -= 1;
        bytes -= held;
        waiting.shift()?.();
      },
    };
  }

  async function enter(): Promise<Permit> {
    if (active < limits.requests) return permit();
    if (waiting.length >= limits.waiting) throw overloaded();
    await new Promise<void>((resolve, reject) => {
      const turn = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(turn), 1);
        reject(overloaded());
      }, limits.waitMilliseconds);
      waiting.push(turn);
    });
    return permit();
  }

  return { enter, active: () => active };
}

/** Senders come back at different times. */
export function retrySeconds(): number {
  return 1 + Math.floor(Math.random() * 4);
}

function overloaded(): Refusal {
  return new Refusal(503, "overloaded", "Too much is coming in at once. Nothing was stored; send it again.", {
    retryAfterSeconds: retrySeconds(),
    close: true,
  });
}
