/** Addresses that no alert may reach, as four bytes. The first is where the canary listens. */
const INSIDE = [
  "127.0.0.1",
  "127.8.8.8",
  "0.0.0.0",
  "10.0.0.1",
  "169.254.169.254",
  "172.16.5.4",
  "192.168.1.1",
];
const MORE = ["100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"];

const hex = (value: number, digits = 2) => value.toString(16).padStart(digits, "0");

/** Ways to write an IPv4 address as the host of a URL. */
function hostsOf(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const pair = [hex(a * 256 + b, 4), hex(c * 256 + d, 4)];
  const wide = (text: string) =>
    text.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
  return [
    address,
    `${address}.`,
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    String(whole),
    `0x${hex(whole, 8)}`,
    `0X${hex(whole, 8).toUpperCase()}`,
    `0${whole.toString(8)}`,
    [a, b, c, d].map((part) => `0x${hex(part)}`).join("."),
    [a, b, c, d].map((part) => `0x0000${hex(part)}`).join("."),
    [a, b, c, d].map((part) => `0${part.toString(8)}`).join("."),
    `0x${hex(a)}.0${b.toString(8)}.${c}.${d}`,
    `0${a.toString(8)}.${(b * 256 + c) * 256 + d}`,
    wide(address),
    address.replaceAll(".", "。"),
    address.replaceAll(".", "．"),
    address.replaceAll(/./g, (letter) => `%${hex(letter.charCodeAt(0))}`),
    address.replaceAll(".", "%2e"),
    `[::ffff:${address}]`,
    `[::ffff:${pair[0]}:${pair[1]}]`,
    `[0:0:0:0:0:FFFF:${pair[0]}:${pair[1]}]`,
    `[::${address}]`,
    `[::ffff:0:${address}]`,
    `[64:ff9b::${address}]`,
    `[64:ff9b:1::${pair[0]}:${pair[1]}]`,
    `[2002:${pair[0]}:${pair[1]}::1]`,
    `[2001:0:${pair[0]}:${pair[1]}::1]`,
    `[fe80::5efe:${address}]`,
  ];
}

const NAMES = [
  "localhost",
  "LOCALHOST",
  "localhost.",
  "ｌocalhost",
  "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
  "lo%63alhost",
  "a.localhost",
  "db.internal",
  "printer.local",
  "router.home.arpa",
  "intranet",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::0001]",
  "[::]",
  "[fc00::1]",
  "[fd12:3456::1]",
  "[fe80::1]",
  "[ff02::1]",
  "[2001:db8::1]",
  "[3fff::1]",
  "[100::1]",
];

/** What stands before or behind a host to make a reader take another one for it. */
const AROUND: readonly ((host: string, port: number) => string)[] = [
  (host, port) => `http://public.example@${host}:${port}/`,
  (host, port) => `http://public.example:443@${host}:${port}/`,
  (host, port) => `http:\\\\${host}:${port}\\`,
  (host, port) => `http:/\t/${host}:${port}/#@public.example`,
  (host, port) => `  http://${host}:${port}/?https://public.example/`,
];

/** At least 400 different spellings of addresses inside, each to this port. */
export function spellings(port: number): string[] {
  const hosts = [...INSIDE.flatMap(hostsOf), ...MORE.flatMap((address) => hostsOf(address)), ...NAMES];
  const plain = hosts.map((host) => `http://${host}:${port}/hook`);
  const around = hostsOf("127.0.0.1")
    .slice(0, 8)
    .flatMap((host) => AROUND.map((write) => write(host, port)));
  return [...new Set([...plain, ...around])];
}
