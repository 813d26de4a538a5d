import { expect, it } from "vitest";
import document from "@/app/api/v1/openapi.json/document.json";
import { apiOperations } from "./api-reference";

it("shows every address of the description, with its fields in words", () => {
  const operations = apiOperations(document);
  expect(operations.length).toBe(
    Object.values(document.paths).reduce((sum, each) => sum + Object.keys(each).length, 0),
  );
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  const outputs = operations.find(({ path }) => path === "/api/v1/outputs");
  expect(outputs?.body.find(({ name }) => name === "occurred_at")).toEqual({
    name: "occurred_at",
    type: "date-time",
    required: true,
    note: "RFC 3339 with a zone.",
  });
  expect(outputs?.body.find(({ name }) => name === "phase")?.type).toBe("production | pilot");
  expect(outputs?.example).toContain('"occurred_at"');
  expect(outputs?.statuses).toContain("202");
});

it("refuses what is no description", () => {
  expect(() => apiOperations({ paths: { "/x": { get: {} } } })).toThrow();
});
