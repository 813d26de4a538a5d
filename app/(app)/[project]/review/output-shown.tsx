"use client";

import { useState } from "react";
import { hasReadingView, type InputStyle, InputStyleChoice, InputView } from "./input-view";

/** The output, where it comes before the answer. */
export function OutputShown({ output }: { output: unknown }) {
  const [style, setStyle] = useState<InputStyle>("read");
  return (
    <section aria-label="Output" className="border-t border-line">
      <header className="flex min-h-12 items-center gap-2 py-1.5 pr-2 pl-4 sm:pl-5">
        <h3 className="text-sm font-medium text-ink">Output</h3>
        <span className="ml-auto pr-1.5">
          {hasReadingView(output) ? (
            <InputStyleChoice value={output} style={style} onChange={setStyle} />
          ) : null}
        </span>
      </header>
      <div className="px-4 pb-4 sm:px-5">
        <InputView value={output} style={style} label="Output" />
      </div>
    </section>
  );
}
