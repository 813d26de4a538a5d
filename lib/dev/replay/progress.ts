import { formatDuration } from "@/lib/core/format";

/** One line that is rewritten in a terminal, and a line per week elsewhere. */
export function progressLine(total: number, started: number): (done: number, what: string) => void {
  return (done, what) => {
    const seconds = (performance.now() - started) / 1_000;
    const left = done > 0 ? formatDuration((seconds / done) * (total - done)) : "…";
    const line = `${String(done).padStart(4)} of ${total} weeks · ${what} · about ${left} left`;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
  };
}
