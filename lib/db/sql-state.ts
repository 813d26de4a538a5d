/** Every state has a digit: EPIPE is the system's word for a lost connection. */
const SQL_STATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/** The five-character SQLSTATE of a database error, through Prisma's or the driver's wrapping; undefined for other errors. */
export function sqlState(error: unknown): string | undefined {
  for (
    let depth = 0, current = error;
    depth < 6 && typeof current === "object" && current !== null;
    depth += 1
  ) {
    const fields = current as { code?: unknown; originalCode?: unknown; cause?: unknown; meta?: unknown };
    for (const code of [fields.originalCode, fields.code]) {
      if (typeof code === "string" && SQL_STATE.test(code) && !/^P\d{4}$/.test(code)) return code;
    }
    const meta = fields.meta as { code?: unknown; driverAdapterError?: unknown } | undefined;
    if (typeof meta?.code === "string" && SQL_STATE.test(meta.code)) return meta.code;
    current = meta?.driverAdapterError ?? fields.cause;
  }
  if (typeof error === "object" && error !== null && (error as { code?: unknown }).code === "P2034")
    return "40001";
  return undefined;
}
