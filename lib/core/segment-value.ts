/**
 * Stands for all values of an attribute that are not counted, or not drawn, by themselves. A sender who uses it as a value of its own
 * finds it counted among them.
 */
export const OTHER_VALUE = "$other";
