/* How sure it has to be: with as many looks as half a year has, one in twenty of those without a change has a false finding at most. */

const HALF_YEAR_DAYS = 180;

/** Days take most of it: hours are for outages, which are plain. */
export const DAY_TAIL = 0.04 / HALF_YEAR_DAYS;
export const HOUR_TAIL = 0.01 / (24 * HALF_YEAR_DAYS);
