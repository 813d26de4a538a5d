import type { ContractVersion } from "./publish-contract";
import type { ContractDraftRow } from "./queries";
import type { ContractDraftJson, ContractVersionJson } from "./wire-schema";

/** A version as the API answers it. */
export function contractJson(
  { version, definition, rates, note, basedOn, createdAt }: ContractVersion,
  createdBy: string | null,
): ContractVersionJson {
  return {
    version,
    definition,
    rates,
    note,
    based_on: basedOn,
    created_at: createdAt.toISOString(),
    created_by: createdBy,
  };
}

export function draftJson(draft: ContractDraftRow | null): ContractDraftJson | null {
  if (!draft) return null;
  const { state, definition, rates, records, pilotRecords, problem, requestedAt } = draft;
  return {
    state,
    definition,
    rates,
    records,
    pilot_records: pilotRecords,
    problem,
    requested_at: requestedAt.toISOString(),
  };
}
