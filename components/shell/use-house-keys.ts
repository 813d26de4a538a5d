"use client";

import { useEffect, useRef } from "react";

import { layerIsOpen } from "@/components/ui/open-layer";

import { type HouseCommand, houseCommand } from "./house-keys";
import { singleKeysOn } from "./single-keys";

/** A page on which such an element stands gives letters meanings of its own. */
const OWN_KEYS = "[data-own-keys]";
const TYPING = 'input:not([type="radio"]):not([type="checkbox"]),textarea,select,[contenteditable="true"]';
/** How long `g` waits for its second key. */
const WAIT_MS = 1_500;

export function pageHasOwnKeys(): boolean {
  return document.querySelector(OWN_KEYS) !== null;
}

/**
 * Listens to the keyboard while no dialog or menu is open. It comes after the page, so the root element says from when on: whatever
 * presses keys quicker than people do waits for that.
 */
export function useHouseKeys(owner: string, run: (command: HouseCommand) => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    let pressedG = Number.NEGATIVE_INFINITY;
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || layerIsOpen()) return;
      const afterG = event.timeStamp - pressedG < WAIT_MS;
      if (event.key !== "Shift") pressedG = Number.NEGATIVE_INFINITY;
      const command = houseCommand(
        {
          key: event.key,
          ctrl: event.ctrlKey || event.metaKey,
          alt: event.altKey,
          shift: event.shiftKey,
          ignored: event.repeat || event.isComposing,
          typing: event.target instanceof Element && event.target.closest(TYPING) !== null,
        },
        { singleKeys: singleKeysOn(owner) && !pageHasOwnKeys(), afterG },
      );
      if (!command) return;
      if (command.do === "await") pressedG = event.timeStamp;
      event.preventDefault();
      latest.current(command);
    };
    document.addEventListener("keydown", pressed);
    const { dataset } = document.documentElement;
    dataset.houseKeys = "";
    return () => {
      document.removeEventListener("keydown", pressed);
      delete dataset.houseKeys;
    };
  }, [owner]);
}
