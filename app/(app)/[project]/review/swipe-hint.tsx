import { ArrowLeft, ArrowRight } from "lucide-react";
import type { HeldItem } from "./review-state";
import { twoWayField } from "./two-way-field";

/** That there is more than the buttons: on devices with a finger. The buttons do the same. */
export function SwipeHint({ held }: { held: HeldItem }) {
  const { item } = held;
  if (!item.revealed && (held.lost || !twoWayField(item.form.definition.fields))) return null;
  return (
    <p
      aria-hidden="true"
      className="mb-2 hidden items-center justify-center gap-2 text-xs text-subtle pointer-coarse:flex"
    >
      <ArrowLeft className="size-3.5" />
      {item.revealed ? "swipe to submit" : "swipe to answer"}
      {item.revealed ? null : <ArrowRight className="size-3.5" />}
    </p>
  );
}
