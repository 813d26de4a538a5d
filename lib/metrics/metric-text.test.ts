import fc from "fast-check";
import { expect, test } from "vitest";
import { type Metric, metricText } from "./metric-text";
import { parseMetrics } from "./testing/parse-metrics";

const metric = (settings: Partial<Metric> = {}): Metric => ({
  name: "things",
  type: "gauge",
  help: "How many.",
  samples: [{ value: 1 }],
  ...settings,
});

test("what is written reads back equal, whatever stands in help and labels", () => {
  const sample = fc.record({
    labels: fc.record({ project: fc.string({ unit: "binary" }), other: fc.string() }),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(sample, {
        minLength: 1,
        maxLength: 5,
        selector: ({ labels }) => JSON.stringify(labels),
      }),
      fc.string({ unit: "binary" }).map((help) => help.replaceAll("\r", "")),
      (samples, help) => {
        const [family] = parseMetrics(metricText([metric({ help, samples })]));
        expect(family).toEqual({
          name: "assay_things",
          help,
          type: "gauge",
          samples: samples.map(({ labels, value }) => ({ labels, value })),
        });
      },
    ),
    { numRuns: 100, seed: 7 },
  );
});

test("what nobody knows has no line, and what says something twice is refused", () => {
  expect(metricText([metric({ samples: [{ value: null }, { value: Number.NaN }] })])).toBe("");
  expect(() => metricText([metric({ samples: [{ value: 1 }, { value: 2 }] })])).toThrow("twice");
  expect(() => metricText([metric({ name: "Things" })])).toThrow("no name");
});

test("planted: a parser that forgives nothing sees each kind of fault", () => {
  const faults = [
    "# TYPE a gauge\na 1",
    "a 1\n",
    '# HELP a b\n# TYPE a gauge\na{x="1\n"} 1\n',
    '# HELP a b\n# TYPE a gauge\na{x="1"} one\n',
    '# HELP a b\n# TYPE a gauge\na{x="1"} 1\na{x="1"} 2\n',
    "# HELP a b\n# TYPE a gauge\na 1\n# HELP a b\n# TYPE a gauge\na 2\n",
    "# HELP a b\n# TYPE a counter\na 1\n",
    "# HELP a b\n# TYPE a_total counter\na_total 1\n",
  ];
  for (const text of faults) expect(() => parseMetrics(text), text).toThrow();
});
