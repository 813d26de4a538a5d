import { afterAll, afterEach, beforeAll, vi } from "vitest";

const METHODS = ["log", "info", "warn", "error", "debug"] as const;
let printed: string[] = [];

beforeAll(() => {
  for (const method of METHODS) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      printed.push(`console.${method}: ${parts.map(String).join(" ")}`);
    });
  }
});

/** The console lines since the last call, for a test that expects some. */
export function takeConsole(): string[] {
  const lines = printed;
  printed = [];
  return lines;
}

function failWhenPrinted(): void {
  const lines = takeConsole();
  if (lines.length > 0) throw new Error(`Unexpected console output:\n${lines.join("\n")}`);
}

afterEach(failWhenPrinted);
afterAll(failWhenPrinted);

/** A line that a person should see in the test's output: what was measured, or why something was skipped. */
export function report(line: string): void {
  process.stderr.write(`${line}\n`);
}
