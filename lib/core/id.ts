import { randomFillSync } from "node:crypto";
import { V7Generator } from "uuidv7";

const pool = new Uint32Array(1_024);
let used = pool.length;

/** Many at a time: a call into the random source costs more than the numbers that it gives. */
function nextUint32(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 1;
  return pool[used - 1] as number;
}

const generator = new V7Generator({ nextUint32 });

/** A new time-ordered id (UUID v7); made here because PostgreSQL before 18 has no `uuidv7()`. */
export function newId(): string {
  return generator.generate().toString();
}
