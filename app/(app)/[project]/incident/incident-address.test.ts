import { expect, it } from "vitest";

import { incidentAddress } from "./incident-address";
import { readIncidentAddress } from "./read-incident-address";

it.each([
  {},
  { standing: "muted" as const, page: 3 },
  { attribute: "", value: "" },
  { attribute: '["area","sleeps"]', value: '["Surf Coast","5-6"]', standing: "open" as const },
])("%j can be shared", (query) => {
  const address = new URL(incidentAddress("mail", query), "http://localhost");
  expect(address.pathname).toBe("/mail/incident");
  expect(readIncidentAddress(Object.fromEntries(address.searchParams))).toEqual({
    standing: "all",
    sort: "urgency",
    limit: 50,
    page: 1,
    ...query,
  });
});

it("does not guess what a broken address means", () => {
  expect(readIncidentAddress({ standing: "closed" })).toBeNull();
  expect(readIncidentAddress({ page: "0" })).toBeNull();
  expect(readIncidentAddress({ stranding: "open" })).toBeNull();
});
