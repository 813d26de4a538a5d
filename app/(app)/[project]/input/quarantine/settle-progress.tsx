import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { formatCount, formatLeft } from "@/lib/core/format";

import type { Settling } from "./use-settling";

/** How far a decision about many records is, with what is left to wait and a way to stop. */
export function SettleProgress({ at, onStop }: { at: Settling; onStop: () => void }) {
  return (
    <div className="flex min-w-56 flex-col gap-2 text-left whitespace-normal">
      <Progress label="Records done" value={at.done} max={at.total}>
        {formatCount(at.done)} of {formatCount(at.total)}
        {formatLeft(at)}. What is done stays done.
      </Progress>
      <div>
        <Button size="sm" onClick={onStop}>
          Stop
        </Button>
      </div>
    </div>
  );
}
