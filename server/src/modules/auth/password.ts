import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '../../kernel/domain-error.ts';

// OWASP's second argon2id profile: 19 MiB, 2 passes. ~30 ms on an old server core.
// argon2id is the library's default algorithm.
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const MAX_RUNNING = 2;
const MAX_WAITING = 32;

let running = 0;
const waiting: (() => void)[] = [];

/** At most two hashes at a time, so that a flood of sign-ins cannot take the memory and cores away from live consults. */
async function capped<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_RUNNING) {
    if (waiting.length >= MAX_WAITING) throw new DomainError('auth.busy', { retryAfter: 2 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** argon2id in PHC form, with its own random salt. */
export function hashPassword(password: string): Promise<string> {
  return capped(() => hash(password, OPTIONS));
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password fits. An unknown user (undefined hash) costs the same work as a known one, so that
 * neither the answer nor its time tells which logins exist.
 */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  decoy ??= hash('nobody has this password', OPTIONS);
  const against = passwordHash ?? (await decoy);
  const fits = await capped(() => verify(against, password));
  return fits && passwordHash !== undefined;
}
