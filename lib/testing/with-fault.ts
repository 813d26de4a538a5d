import type { PrismaClient } from "@/lib/db/generated/client";

export interface StatementFault {
  /** A part of the statement that is to be weakened. */
  statement: string;
  from: string;
  to: string;
}

/** The product's own statements with parts taken out, for controls: a test that cannot see the fault proves nothing. */
export function withFaults(client: PrismaClient, faults: readonly StatementFault[]): PrismaClient {
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(inner, name) {
        const value = Reflect.get(inner, name) as unknown;
        if (typeof value !== "function") return value;
        if (name === "$transaction")
          return (body: (tx: object) => unknown, options: unknown) =>
            Reflect.apply(value, inner, [(tx: object) => body(wrap(tx)), options]);
        if (name !== "$queryRaw" && name !== "$executeRaw") return value.bind(inner);
        return (parts: TemplateStringsArray, ...values: unknown[]) =>
          Reflect.apply(value, inner, [weakened(parts, faults), ...values]);
      },
    });
  return wrap(client);
}

function weakened(parts: TemplateStringsArray, faults: readonly StatementFault[]): TemplateStringsArray {
  let text: readonly string[] = parts;
  for (const { statement, from, to } of faults) {
    if (!parts.some((part) => part.includes(statement))) continue;
    const changed = text.map((part) => part.replaceAll(from, to));
    if (changed.every((part, at) => part === text[at]))
      throw new Error("The guard was not found in the statement.");
    text = changed;
  }
  return text === parts ? parts : Object.assign([...text], { raw: text });
}
