import { expect, test } from "vitest";
import { playwrightCounts, sumCounts, vitestCounts } from "./test-counts.mjs";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

test("a file that could not be loaded counts as a failure of its own", () => {
  const report = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 };
  const testResults = [
    file("passed", "passed", "passed"),
    file("failed", "passed", "failed"),
    file("failed"),
  ];
  expect(vitestCounts({ ...report, testResults })).toEqual({ passed: 3, failed: 2, skipped: 2 });
});

test("a flaky story and an error outside of the stories are failures", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 };
  expect(playwrightCounts({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 4, skipped: 3 });
});

test("the sum takes what was not skipped as zero", () => {
  const parts = [
    { passed: 1, failed: 0 },
    { passed: 2, failed: 1, skipped: 4 },
  ];
  expect(sumCounts(parts)).toEqual({ passed: 3, failed: 1, skipped: 4 });
});
