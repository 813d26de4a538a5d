/** In characters; longer texts are a file, and no sample. */
export const LONGEST_SAMPLE = 200_000;
