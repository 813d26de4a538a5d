import { Card } from "@/components/ui/card";

const TYPE = [
  ["text-3xl", "The one number of a page"],
  ["text-2xl", "Numbers in cards"],
  ["text-xl", "Titles of pages"],
  ["text-lg", "Titles of dialogs and parts"],
  ["text-base", "Titles of cards, body"],
  ["text-sm", "Tables, controls, descriptions"],
  ["text-xs", "Evidence, hints, axes"],
  ["text-2xs", "Keys, counts, the bar of a phone"],
] as const;

const SPACES = [
  ["1", "4 px", "w-1"],
  ["2", "8 px", "w-2"],
  ["3", "12 px", "w-3"],
  ["4", "16 px", "w-4"],
  ["6", "24 px", "w-6"],
  ["8", "32 px", "w-8"],
  ["10", "40 px", "w-10"],
] as const;

const COLOURS: readonly (readonly [string, readonly string[]])[] = [
  ["Grounds", ["canvas", "surface", "sunken", "hover", "overlay"]],
  ["Lines", ["line", "line-strong", "control"]],
  ["Text", ["ink", "muted", "subtle"]],
  ["What can be acted on", ["accent", "accent-hover", "accent-ink", "accent-soft"]],
  ["Alarm", ["alarm", "alarm-ink", "alarm-soft", "alarm-line"]],
  ["Attention", ["warn", "warn-ink", "warn-soft", "warn-line"]],
  ["In order", ["good", "good-ink", "good-soft", "good-line"]],
  ["Picked by hand", ["picked-ink", "picked-soft", "picked-line"]],
  [
    "Charts",
    [
      "chart-line",
      "chart-band",
      "chart-pilot",
      "chart-marker",
      "chart-bar",
      "chart-bar-strong",
      "chart-form",
    ],
  ],
];

/** The names that components use; app/globals.css gives them their values, app/tokens.test.ts keeps them readable. */
export function TokenSamples() {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card title="Type" description="Geist; numbers of one width in tables">
        <ul className="flex flex-col gap-2">
          {TYPE.map(([name, use]) => (
            <li key={name} className="flex items-baseline justify-between gap-4">
              <span className={`${name} truncate text-ink tabular`}>86.3 % of outputs</span>
              <span className="shrink-0 text-right text-xs text-subtle">
                <code className="font-mono">{name}</code>
                <br />
                {use}
              </span>
            </li>
          ))}
        </ul>
      </Card>
      <Card title="Spacing and depth" description="Steps of 4 px; two shadows, four corners">
        <ul className="flex flex-col gap-1.5">
          {SPACES.map(([name, size, width]) => (
            <li key={name} className="flex items-center gap-3 text-xs text-subtle">
              <code className="w-6 font-mono">{name}</code>
              <span className={`${width} h-3 rounded-sm bg-accent`} />
              {size}
            </li>
          ))}
        </ul>
        <div className="mt-5 flex flex-wrap gap-4 text-xs text-muted">
          <span className="rounded-sm border border-line bg-surface p-3">rounded-sm</span>
          <span className="rounded-md bg-surface p-3 shadow-raised">rounded-md, shadow-raised</span>
          <span className="rounded-lg border border-line bg-surface p-3">rounded-lg</span>
          <span className="rounded-xl bg-overlay p-3 shadow-float">rounded-xl, shadow-float</span>
        </div>
      </Card>
      <Card
        className="lg:col-span-2"
        title="Colour"
        description="A state is never told by colour alone: a word or a sign stands beside it"
      >
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
          {COLOURS.map(([use, names]) => (
            <div key={use}>
              <h3 className="mb-1.5 text-sm font-medium text-ink">{use}</h3>
              <ul className="flex flex-col gap-1">
                {names.map((name) => (
                  <li key={name} className="flex items-center gap-2.5 text-xs text-muted">
                    <span
                      className="h-5 w-10 rounded-sm border border-line"
                      style={{ background: `var(--${name})` }}
                    />
                    <code className="font-mono">{name}</code>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </Card>
    </div>
  );
}
