export interface Family {
  name: string;
  help: string;
  type: string;
  samples: { labels: Record<string, string>; value: number }[];
}

/**
 * Reads Prometheus' text format 0.0.4 by its specification, without knowing how it was written. Stricter than Prometheus itself: every
 * family needs HELP and TYPE, once and together, counters end in _total, no series comes twice, the text ends with a line break.
 * @throws Error naming the line
 */
export function parseMetrics(text: string): Family[] {
  if (!text.endsWith("\n")) throw new Error("The last line has no end.");
  const families = new Map<string, Family>();
  let help: { name: string; text: string } | null = null;
  let current: Family | null = null;
  const seen = new Set<string>();
  for (const line of text.slice(0, -1).split("\n")) {
    const helped = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/s.exec(line);
    const typed = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line);
    if (helped) help = { name: helped[1] ?? "", text: unescape(helped[2] ?? "", line) };
    else if (typed) {
      const [, name = "", type = ""] = typed;
      if (help?.name !== name || families.has(name)) throw new Error(`out of place: ${line}`);
      if (type === "counter" && !name.endsWith("_total"))
        throw new Error(`a counter without _total: ${line}`);
      current = { name, help: help.text, type, samples: [] };
      families.set(name, current);
    } else {
      const { name, labels, value } = parseSample(line);
      if (current?.name !== name) throw new Error(`not of the family above: ${line}`);
      const series = JSON.stringify([
        name,
        Object.entries(labels).toSorted(([a], [b]) => a.localeCompare(b)),
      ]);
      if (seen.has(series)) throw new Error(`twice: ${line}`);
      seen.add(series);
      current.samples.push({ labels, value });
    }
  }
  for (const { name, samples } of families.values())
    if (samples.length === 0) throw new Error(`${name} is empty`);
  return [...families.values()];
}

function parseSample(line: string): { name: string; labels: Record<string, string>; value: number } {
  const [, name = "", rest = ""] = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(.*)$/s.exec(line) ?? [];
  if (!name) throw new Error(`no sample: ${line}`);
  const labels: Record<string, string> = {};
  let at = 0;
  if (rest[at] === "{") {
    at += 1;
    while (rest[at] !== "}") {
      const [all, label] = /^,?([a-zA-Z_][a-zA-Z0-9_]*)="/.exec(rest.slice(at)) ?? [];
      if (!all || !label || label in labels) throw new Error(`bad labels: ${line}`);
      at += all.length;
      let value = "";
      while (rest[at] !== '"') {
        if (at >= rest.length) throw new Error(`a label without end: ${line}`);
        value += rest[at] === "\\" ? `\\${rest[(at += 1)]}` : rest[at];
        at += 1;
      }
      labels[label] = unescape(value, line, '"');
      at += 1;
    }
    at += 1;
  }
  const value = rest.slice(at);
  if (!/^ -?(\d+(\.\d+)?(e[+-]?\d+)?)$/i.test(value)) throw new Error(`no number: ${line}`);
  return { name, labels, value: Number(value) };
}

function unescape(text: string, line: string, more = ""): string {
  return text.replaceAll(/\\(.?)/gs, (_all, letter: string) => {
    if (letter === "n") return "\n";
    if (letter === "\\" || (letter !== "" && more.includes(letter))) return letter;
    throw new Error(`an unknown escape: ${line}`);
  });
}
