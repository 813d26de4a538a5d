/** Of the line that must not be undershot: told from the pilot's by its pattern, not by a colour. */
export const FLOOR_DASHES = "9 3 1.5 3";
