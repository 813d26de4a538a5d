import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A certificate for this name that nobody vouches for, made for one test. */
export function selfSigned(name: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = certificateBody(name, publicKey);
  const signature = sign("sha256", body, privateKey);
  const cert = sequence(body, ECDSA_SHA256, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const pem = (cert.toString("base64").match(/.{1,64}/g) ?? []).join("\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`,
  };
}

/** ASN.1: tag, length, content. */
function der(tag: number, content: Buffer): Buffer {
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts));
const oid = (...bytes: number[]) => der(0x06, Buffer.from(bytes));
const ECDSA_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

function certificateBody(name: string, publicKey: KeyObject): Buffer {
  const text = der(0x0c, Buffer.from(name));
  const who = sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), text)));
  const time = (year: number) => der(0x17, Buffer.from(`${year}0101000000Z`));
  return sequence(
    der(0x02, Buffer.from([1])),
    ECDSA_SHA256,
    who,
    sequence(time(20), time(49)),
    who,
    publicKey.export({ type: "spki", format: "der" }),
  );
}
