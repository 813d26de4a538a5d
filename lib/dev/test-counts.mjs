import { stripVTControlCharacters } from "node:util";

/** Counts and the names of failures from Vitest's JSON report. A file that could not be loaded has no tests, but has failed. */
export function vitestCounts(report) {
  const failures = (report.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length > 0)
      return failed.map((test) => failure(name, test.fullName, test.failureMessages?.[0]));
    return status === "failed" ? [failure(name, "the file", message)] : [];
  });
  const broken = failures.length - report.numFailedTests;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + Math.max(0, broken),
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

/** Counts and the names of failures from Playwright's JSON report. Flaky tests failed at least once, so they are failures. */
export function playwrightCounts(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failures = [
    ...(report.suites ?? []).flatMap(failedStories),
    ...report.errors.map((error) => failure("stories", "outside of a story", error.message)),
  ];
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped, failures };
}

function failedStories({ file, specs = [], suites = [] }) {
  const failed = specs.flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === "unexpected" || test.status === "flaky")
      .map((test) =>
        failure(
          file,
          `[${test.projectName}] ${spec.title}`,
          test.results.find((each) => each.error)?.error.message,
        ),
      ),
  );
  return [...failed, ...suites.flatMap(failedStories)];
}

/** One line: whoever reads only the end of a long print finds what failed and why. */
function failure(file, name, message = "") {
  const [why = ""] = stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim() !== "");
  return `${file.replace(`${process.cwd()}/`, "")} › ${name}: ${why.trim().slice(0, 300)}`;
}

export function sumCounts(counts) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped = 0 } of counts) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}
