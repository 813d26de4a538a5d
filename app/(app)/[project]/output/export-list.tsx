"use client";

import { FileJson, FileSpreadsheet } from "lucide-react";

import { type AnchoredMenu, Menu, MenuDownload, MenuGroup } from "@/components/ui/menu";

/** All that the filter finds as a file; the browser shows how far it is and can stop it. */
export function ExportList({
  addresses,
  anchored,
}: AnchoredMenu & { addresses: { csv: string; jsonl: string } }) {
  return (
    <Menu anchored={anchored} align="end" className="w-72">
      <MenuGroup label="All that the filter finds, page or not. It is noted in the audit log.">
        <MenuDownload href={addresses.csv}>
          <FileSpreadsheet aria-hidden="true" />
          CSV, for spreadsheets
        </MenuDownload>
        <MenuDownload href={addresses.jsonl}>
          <FileJson aria-hidden="true" />
          JSON lines, for programs
        </MenuDownload>
      </MenuGroup>
    </Menu>
  );
}
