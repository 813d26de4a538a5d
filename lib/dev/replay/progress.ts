import { formatDuration } from "@/lib/core/format";

/** One line that is rewritten in a terminal, and a line each time elsewhere. */
export function progressLine(
  total: number,
  started: number,
  unit = "weeks",
): (done: number, what: string) => void {
  return (done, what) => {
    const seconds = (performance.now() - started) / 1_000;
    const left = done > 0 ? formatDuration((seconds / done) * (total - done)) : "…";
    const line = `${String(done).padStart(4)} of ${total} ${unit} · ${what} · about ${left} left`;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
  };
}
