import pino from "pino";

const holder = globalThis as typeof globalThis & { assayLog?: pino.Logger };

/** JSON lines on standard error. Ids and sizes only: never payloads, headers or secrets. */
export function log(): pino.Logger {
  holder.assayLog ??= pino(
    { level: process.env.LOG_LEVEL || "info", base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: false }),
  );
  return holder.assayLog;
}
