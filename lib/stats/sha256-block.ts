/** The first 32 bits of the fractional part of a root; a double holds many more of them. */
const fraction = (root: number) => Math.floor((root % 1) * 2 ** 32) | 0;

const primes = [2];
for (let n = 3; primes.length < 64; n += 2) if (primes.every((prime) => n % prime !== 0)) primes.push(n);

const constants = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));

/** The eight words with which SHA-256 starts. */
export const initialState = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

/**
 * Compression of one block of 64 bytes: the inner loop of SHA-256.
 *
 * Formula: the message schedule and the 64 rounds of the standard. Rotations stand in line: as functions of their own
 * they are called, not merged, and the time triples (0.2 against 0.7 µs a block on Node 20).
 *
 * @param state 8 words. @param words 64 words; the first 16 are the block, big-endian, the others are overwritten.
 * @param into takes the 8 words after the block; may be `state` itself.
 * @see NIST, FIPS 180-4, 2015, section 6.2.2.
 * @example sha256Block(initialState, words, state)
 */
export function sha256Block(state: Int32Array, words: Int32Array, into: Int32Array): void {
  for (let i = 16; i < 64; i += 1) {
    const x = words[i - 15] ?? 0;
    const y = words[i - 2] ?? 0;
    const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = ((((words[i - 16] ?? 0) + low) | 0) + (((words[i - 7] ?? 0) + high) | 0)) | 0;
  }
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  let e = state[4] ?? 0;
  let f = state[5] ?? 0;
  let g = state[6] ?? 0;
  let h = state[7] ?? 0;
  for (let i = 0; i < 64; i += 1) {
    const turnedE = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const turnedA = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const chosen = (turnedE + (g ^ (e & (f ^ g)))) | 0;
    const mixed = (((h + chosen) | 0) + (((constants[i] ?? 0) + (words[i] ?? 0)) | 0)) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + mixed) | 0;
    d = c;
    c = b;
    const majority = (a & b) | (d & (a | b));
    b = a;
    a = (mixed + ((turnedA + majority) | 0)) | 0;
  }
  into[0] = (state[0] ?? 0) + a;
  into[1] = (state[1] ?? 0) + b;
  into[2] = (state[2] ?? 0) + c;
  into[3] = (state[3] ?? 0) + d;
  into[4] = (state[4] ?? 0) + e;
  into[5] = (state[5] ?? 0) + f;
  into[6] = (state[6] ?? 0) + g;
  into[7] = (state[7] ?? 0) + h;
}
