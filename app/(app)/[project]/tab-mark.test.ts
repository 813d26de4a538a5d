import { expect, test } from "vitest";
import { tabMark } from "./tab-mark";

test("a quiet project keeps the product's icon", () => {
  expect(tabMark("Refunds", 0)).toEqual({ title: { default: "Refunds", template: "%s · Refunds" } });
});

test("open incidents are counted in the title and marked on the icon by shape, not by colour alone", () => {
  const { title, icons } = tabMark("Refunds", 2);
  expect(title.template).toBe("(2) %s · Refunds");
  expect(decodeURIComponent(icons?.icon.url ?? "")).toContain("<circle");
});
