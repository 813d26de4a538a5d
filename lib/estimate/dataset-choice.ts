/** Reviews that are left out unless they are asked for by name: they are no part of the accuracy. */
export const BESIDES = ["unsure", "surplus", "gold", "repeat", "diagnostic"] as const;
export type Beside = (typeof BESIDES)[number];

/** What is in quarantine: with it, the weighted mean of the file is the accuracy of all traffic, not of accepted traffic. */
export const WITH_HELD = "held";
