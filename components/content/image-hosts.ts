"use client";

import { createContext } from "react";

export interface ImageHosts {
  /** Exact names; pictures from anywhere else are never loaded. */
  hosts: readonly string[];
  /** Where the list is changed, for whoever may do that. */
  settingHref: string | null;
}

/** Where pictures in contents may come from. Pages that say nothing load none. */
export const ImageHostsContext = createContext<ImageHosts | null>(null);
