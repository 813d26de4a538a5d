/**
 * Uniform random numbers that are the same for the same seed on every machine: mulberry32.
 *
 * Formula: a counter in steps of 0x6d2b79f5, mixed by two multiplications; period 2³². For simulations and shuffles, never for
 * secrets.
 *
 * @param seed a whole number; its lower 32 bits count.
 * @returns a function that gives the next number in [0, 1).
 * @see Ettinger, "mulberry32", 2017 (public domain; passes gjrand).
 * @example seededRandom(1)() // 0.627…
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
