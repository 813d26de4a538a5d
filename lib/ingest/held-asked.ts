import { Prisma } from "@/lib/db/generated/client";
import type { HeldQuery } from "./held-schema";

/** What is held and asked for: of a reason, a place, a kind or a time. */
export function heldAsked({ code, path, kind, from, to }: HeldQuery): Prisma.Sql {
  const conditions = [
    Prisma.sql`state = 'HELD'`,
    code === undefined ? null : Prisma.sql`first_code = ${code}`,
    path === undefined ? null : Prisma.sql`coalesce(reasons->0->>'path', '') = ${path}`,
    kind === undefined ? null : Prisma.sql`quarantine.kind = ${kind}`,
    from === undefined ? null : Prisma.sql`received_at >= ${from}::timestamptz`,
    to === undefined ? null : Prisma.sql`received_at < ${to}::timestamptz`,
  ];
  return Prisma.join(
    conditions.filter((condition) => condition !== null),
    " AND ",
  );
}
