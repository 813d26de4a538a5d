"use client";

import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { Row } from "./content-kind";
import { ImageView } from "./image-view";
import { ShowMore } from "./long-text";

const SHOWN_ROWS = 50;

/** Records side by side, one a row. */
export function RecordTable({
  columns,
  rows,
  label,
  noted,
}: {
  columns: readonly string[];
  rows: readonly Row[];
  label: string;
  /** Columns about which something is remarked above. */
  noted?: ReadonlySet<string | null> | undefined;
}) {
  const [shown, setShown] = useState(SHOWN_ROWS);
  const left = rows.length - shown;
  const numeric = (column: string) => typeof rows[0]?.[column] === "number";
  return (
    <>
      <div
        role="region"
        aria-label={`${label}, table`}
        tabIndex={0}
        className="max-h-[32rem] overflow-auto rounded-lg border border-line"
      >
        <table className="w-full border-collapse text-sm tabular">
          <thead className="sticky top-0 bg-sunken">
            <tr>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className={`border-b border-line px-3 py-1.5 font-medium whitespace-nowrap text-muted ${numeric(column) ? "text-right" : "text-left"}`}
                >
                  {column}
                  {noted?.has(column) ? (
                    <span className="ml-1.5 inline-flex align-middle text-warn-ink">
                      <TriangleAlert aria-hidden="true" className="size-3.5" />
                      <span className="sr-only">, see the remark above</span>
                    </span>
                  ) : null}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.slice(0, shown).map((row, index) => (
              <tr key={index}>
                {columns.map((column) => (
                  <Cell key={column} value={row[column]} column={column} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {left > 0 ? (
        <ShowMore onClick={() => setShown(shown + 500)}>
          Show {left > 500 ? "500 more" : "all"} of {rows.length} rows
        </ShowMore>
      ) : null}
    </>
  );
}

function Cell({ value, column }: { value: unknown; column: string }) {
  const number = typeof value === "number";
  return (
    <td
      className={`min-w-16 max-w-96 px-3 py-1.5 align-top break-words text-ink ${number ? "text-right" : ""}`}
    >
      {value === undefined || value === null ? (
        <span className="text-subtle">–</span>
      ) : value === "" ? (
        <span className="text-subtle italic">empty</span>
      ) : typeof value === "string" ? (
        <ImageView text={value} label={column}>
          {value}
        </ImageView>
      ) : (
        JSON.stringify(value)
      )}
    </td>
  );
}
