export interface Metric {
  /** Without the prefix of the product. */
  name: string;
  type: "counter" | "gauge";
  help: string;
  samples: readonly { labels?: Readonly<Record<string, string>>; value: number | null }[];
}

/** Content type of what `metricText` writes. */
export const METRIC_TYPE = "text/plain; version=0.0.4; charset=utf-8";

const NAME = /^[a-z][a-z0-9_]*$/;

/**
 * Prometheus' text format 0.0.4: HELP and TYPE once, then a line for each sample. A sample whose value is not known has no line, and a
 * metric without lines is left out: nothing is 0 that nobody has measured.
 * @throws RangeError when a name is none, or two samples have the same labels
 */
export function metricText(metrics: readonly Metric[], prefix = "assay_"): string {
  return metrics
    .map((metric) => familyText(metric, prefix))
    .filter((text) => text !== "")
    .join("");
}

function familyText({ name, type, help, samples }: Metric, prefix: string): string {
  if (!NAME.test(name)) throw new RangeError(`${name} is no name of a metric.`);
  const full = `${prefix}${name}`;
  const lines = samples.flatMap(({ labels = {}, value }) =>
    value === null || !Number.isFinite(value) ? [] : [`${full}${labelText(labels)} ${value}`],
  );
  const series = lines.map((line) => line.slice(0, line.lastIndexOf(" ")));
  if (new Set(series).size < series.length) throw new RangeError(`${name} says something twice.`);
  if (lines.length === 0) return "";
  return `# HELP ${full} ${escapeText(help)}\n# TYPE ${full} ${type}\n${lines.join("\n")}\n`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(([name, value]) => {
    if (!NAME.test(name)) throw new RangeError(`${name} is no name of a label.`);
    return `${name}="${escapeText(value).replaceAll('"', '\\"')}"`;
  });
  return parts.length > 0 ? `{${parts.join(",")}}` : "";
}

function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
