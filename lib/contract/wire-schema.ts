import * as z from "zod";
import { contractDefinitionSchema, crossValidationSchema, ruleRateSchema } from "./schema";

/* Contracts as pages and the API take and answer them. Browser-safe. */

const note = z.string().trim().max(500).default("");
const count = z.number().int().min(0);
const share = z.number().min(0).max(1);

export const publishContractSchema = z.strictObject({
  definition: contractDefinitionSchema,
  note,
  /** The version that the change starts from, 0 for the first: of two people who change it at once, the second is told. */
  base_version: count,
});

export const contractVersionSchema = z.strictObject({
  version: z.number().int(),
  definition: contractDefinitionSchema,
  rates: crossValidationSchema.nullable(),
  note: z.string(),
  based_on: z.number().int().nullable(),
  created_at: z.iso.datetime({ offset: true }),
  created_by: z.string().nullable(),
});

/** What the last inference from the pilot gave. */
export const contractDraftSchema = z.strictObject({
  state: z.enum(["WAITING", "READY", "FAILED"]),
  definition: contractDefinitionSchema.nullable(),
  rates: crossValidationSchema.nullable(),
  records: count,
  pilot_records: count,
  problem: z.string().nullable(),
  requested_at: z.iso.datetime({ offset: true }),
});

export const contractsSchema = z.strictObject({
  versions: z.array(contractVersionSchema),
  draft: contractDraftSchema.nullable(),
});

export const definitionSchema = z.strictObject({ definition: contractDefinitionSchema });
/** Null rates: there is no pilot yet. */
export const contractRatesSchema = z.strictObject({ rates: crossValidationSchema.nullable() });

export const importSchema = z.strictObject({
  /** A JSON Schema as an object. */
  schema: z.unknown(),
  root: z.enum(["/input", "/output"]),
});
export const importedSchema = z.strictObject({
  definition: contractDefinitionSchema,
  unsupported: z.array(z.strictObject({ pointer: z.string(), keyword: z.string() })),
});

/** What a contract would have said about the newest outputs. Nothing is changed by asking. */
export const revalidationSchema = z.strictObject({
  /** Outputs that were looked at, and the most that are. */
  records: count,
  limit: count,
  from: z.iso.datetime({ offset: true }).nullable(),
  to: z.iso.datetime({ offset: true }).nullable(),
  flagged: share,
  quarantined: share,
  /** As they were judged when they came. */
  flagged_then: share,
  by_rule: z.array(ruleRateSchema),
  findings: z.array(
    z.strictObject({
      code: z.string(),
      path: z.string(),
      share,
      expected: share,
      values: z.array(z.string()),
    }),
  ),
});

export type ContractVersionJson = z.output<typeof contractVersionSchema>;
export type ContractDraftJson = z.output<typeof contractDraftSchema>;
export type Revalidation = z.output<typeof revalidationSchema>;
