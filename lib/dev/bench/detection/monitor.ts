/** A method that watches a stream of reviews; after an alarm it starts anew by itself. */
export interface Monitor {
  /** Takes the error (0 or 1) of the next review; true when the method gives an alarm at it. */
  observe(error: number): boolean;
}
