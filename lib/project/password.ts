import { hash, verify } from "@node-rs/argon2";
import { AppError } from "@/lib/core/errors";
import { PASSWORD_MAX, PASSWORD_MIN } from "./schema";

/** Argon2id with 19 MiB, two passes, one lane (OWASP 2024): 42 ms on two cores. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Hash of a password that nobody has: an unknown account costs the same time as a known one. */
const NOBODY =
  "$argon2id$v=19$m=19456,t=2,p=1$We4FIu8zmV2t5+UGwSuVuA$8qk+y2pqmzdjFs6EeYEylFqN8FaYEqvPEOqyEU2Z24A";

const AT_ONCE = 2;
const WAITING = 20;
const queue: (() => void)[] = [];
let running = 0;

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, COST));
}

/** Takes the same time whether the account exists or not. */
export async function passwordMatches(password: string, storedHash: string | null): Promise<boolean> {
  const matches = await inTurn(() => verify(storedHash ?? NOBODY, password));
  return matches && storedHash !== null;
}

/** Hashing is the dearest thing that a stranger can ask for, so few run at once and few may wait. @throws AppError UNAVAILABLE */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (queue.length >= WAITING) {
      throw new AppError(
        "UNAVAILABLE",
        "Too many people sign in at this moment. Try again in a few seconds.",
        {
          reason: "sign_in_busy",
          retryAfterSeconds: 3,
        },
      );
    }
    await new Promise<void>((resolve) => queue.push(resolve));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }
}

/** Beginnings of the passwords that guessers try first, among those long enough to be allowed. */
const COMMON = [
  "password",
  "passw0rd",
  "qwertyuiop",
  "1q2w3e4r5t6y",
  "123456789",
  "abcdefghij",
  "iloveyou",
  "letmein",
  "administrator",
  "assay",
];

/** Why a password is too easy to guess, as a sentence; null when it can be used. No rules of composition. */
export function passwordProblem(password: string, email: string): string | null {
  if (password.length < PASSWORD_MIN) return `Use at least ${PASSWORD_MIN} characters.`;
  if (password.length > PASSWORD_MAX) return `Use at most ${PASSWORD_MAX} characters.`;
  const plain = password.normalize("NFKC").toLowerCase();
  if (new Set(plain).size < 5) return "Use more different characters.";
  const rest = COMMON.reduce((text, common) => text.replaceAll(common, ""), plain);
  if (rest.length < 6 && rest.length < plain.length)
    return "This password is among the first that others would guess.";
  const mailbox = email.split("@")[0] ?? "";
  if (mailbox.length >= 4 && plain.includes(mailbox) && plain.length - mailbox.length < 6) {
    return "Do not use your address as the password.";
  }
  return null;
}

/** @throws AppError INVALID, with the sentence at the field */
export function requireGoodPassword(password: string, email: string, field = "password"): void {
  const problem = passwordProblem(password, email);
  if (problem)
    throw new AppError("INVALID", problem, { reason: "weak_password", fields: { [field]: problem } });
}
