import { expect, it } from "vitest";
import { detailText } from "./audit-detail";

it("writes details of a change as people do", () => {
  expect(detailText("accuracy", 0.9358024691358025, "UTC")).toBe("93.6 %");
  expect(detailText("double_review_share", 0.1, "UTC")).toBe("10.0 %");
  expect(detailText("flagged_factor", 2.5, "UTC")).toBe("2.5");
  expect(detailText("reviews_per_week", 12_000, "UTC")).toBe("12,000");
  expect(detailText("released_at", "2026-10-26T09:00:00.000Z", "Europe/Berlin")).toBe("26 Oct 2026, 10:00");
  expect(detailText("role", "MANAGER", "UTC")).toBe("manager");
  expect(detailText("scopes", ["outputs:write", "read"], "UTC")).toBe("outputs:write, read");
  expect(detailText("name", "Assay 2026", "UTC")).toBe("Assay 2026");
  expect(detailText("disabled", true, "UTC")).toBe("yes");
});
