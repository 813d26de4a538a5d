import { expect, test } from "vitest";
import { playwrightCounts, sumCounts, vitestCounts } from "./test-counts.mjs";

const file = (status: string, ...tests: string[]) => ({
  status,
  name: "a.test.ts",
  assertionResults: tests.map((each) => ({ status: each, fullName: "a test" })),
});

test("a file that could not be loaded counts as a failure of its own", () => {
  const report = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 };
  const testResults = [
    file("passed", "passed", "passed"),
    file("failed", "passed", "failed"),
    file("failed"),
  ];
  expect(vitestCounts({ ...report, testResults })).toMatchObject({ passed: 3, failed: 2, skipped: 2 });
});

test("a flaky story and an error outside of the stories are failures", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 };
  expect(playwrightCounts({ stats, errors: [{}] })).toMatchObject({ passed: 5, failed: 4, skipped: 3 });
});

test("what failed is named in one line each, with the beginning of why", () => {
  const message = "\n\u001b[31mAssertionError\u001b[39m: expected 1 to be 2\n    at somewhere";
  const testResults = [
    {
      ...file("failed", "passed", "failed"),
      name: "lib/a.test.ts",
      assertionResults: [{ status: "failed", fullName: "adds", failureMessages: [message] }],
    },
    { ...file("failed"), name: "lib/b.test.ts", message: "Error: no such module" },
  ];
  const report = { numPassedTests: 1, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0, testResults };
  expect(vitestCounts(report).failures).toEqual([
    "lib/a.test.ts › adds: AssertionError: expected 1 to be 2",
    "lib/b.test.ts › the file: Error: no such module",
  ]);
  const result = { status: "unexpected", projectName: "phone", results: [{}, { error: { message } }] };
  const spec = { title: "signs in", tests: [result, { ...result, status: "expected" }] };
  const suites = [{ file: "a.spec.ts", specs: [], suites: [{ file: "a.spec.ts", specs: [spec] }] }];
  const stats = { expected: 1, unexpected: 1, flaky: 0, skipped: 0 };
  expect(playwrightCounts({ stats, errors: [], suites }).failures).toEqual([
    "a.spec.ts › [phone] signs in: AssertionError: expected 1 to be 2",
  ]);
});

test("the sum takes what was not skipped as zero", () => {
  const parts = [
    { passed: 1, failed: 0 },
    { passed: 2, failed: 1, skipped: 4 },
  ];
  expect(sumCounts(parts)).toEqual({ passed: 3, failed: 1, skipped: 4 });
});
