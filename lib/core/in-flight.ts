/* What the doors hold at this moment, for whoever watches this process. */

export interface InFlight {
  requests: number;
  bytes: number;
}

/** Next bundles its own copy of this module, hence `globalThis`. */
const holder = globalThis as typeof globalThis & { assayInFlight?: InFlight };

export function inFlight(): InFlight {
  holder.assayInFlight ??= { requests: 0, bytes: 0 };
  return holder.assayInFlight;
}
