"use client";

import { Switch } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";

const GROUPS: readonly { title: string; keys: readonly (readonly [readonly string[], string])[] }[] = [
  {
    title: "Answering",
    keys: [
      [["1", "–", "9"], "Choose that answer"],
      [["Y", "N"], "Yes or no"],
      [["↑", "↓"], "Another question"],
      [["Enter"], "Next question; after the last one show the output"],
      [["Ctrl", "Enter"], "Show the output, or submit, from anywhere"],
    ],
  },
  {
    title: "With the output in view",
    keys: [
      [["Enter"], "Submit and next"],
      [["Y", "N"], "Count the output as right or wrong"],
      [["C"], "Write a note"],
    ],
  },
  {
    title: "Always",
    keys: [
      [["S"], "Skip: somebody else gets it"],
      [["F"], "Cannot be judged"],
      [["Z"], "Take the last review back"],
      [["?"], "This list"],
    ],
  },
];

export function ShortcutHelp({
  open,
  onOpenChange,
  singleKeys,
  onSingleKeys,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  singleKeys: boolean;
  onSingleKeys: (on: boolean) => void;
}) {
  return (
    <Dialog
      title="Keyboard"
      description="Everything also works with Tab, Space and the pointer."
      open={open}
      onOpenChange={onOpenChange}
    >
      <div className="flex flex-col gap-5">
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 text-sm font-medium text-ink">{group.title}</h3>
            <dl className="divide-y divide-line">
              {group.keys.map(([keys, meaning]) => (
                <div key={meaning} className="flex items-center justify-between gap-4 py-1.5">
                  <dd className="text-sm text-muted">{meaning}</dd>
                  <dt className="order-last flex shrink-0 items-center gap-1 text-xs text-subtle">
                    {keys.map((key) => (key === "–" ? <span key={key}>–</span> : <Kbd key={key}>{key}</Kbd>))}
                  </dt>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <div className="border-t border-line pt-4 pb-2">
          <Switch
            label="Use single keys"
            hint="Switch this off when dictation or another tool types letters. Enter keeps working."
            checked={singleKeys}
            onChange={(event) => onSingleKeys(event.currentTarget.checked)}
          />
        </div>
      </div>
    </Dialog>
  );
}
