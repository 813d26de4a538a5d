import { uuidv7 } from "uuidv7";

/** A new time-ordered id (UUID v7); made here because PostgreSQL before 18 has no `uuidv7()`. */
export function newId(): string {
  return uuidv7();
}
