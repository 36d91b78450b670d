import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

test('the hash is argon2id with OWASP’s parameters and a salt of its own', async () => {
  const [first, second] = await Promise.all([hashPassword('Тұлпар-2026'), hashPassword('Тұлпар-2026')]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(first).not.toBe(second);
});

test('only the password itself fits', async () => {
  const passwordHash = await hashPassword('Тұлпар-2026');
  expect(await verifyPassword(passwordHash, 'Тұлпар-2026')).toBe(true);
  for (const wrong of ['тұлпар-2026', 'Тұлпар-2026 ', '', 'Тулпар-2026']) {
    expect(await verifyPassword(passwordHash, wrong), wrong).toBe(false);
  }
});

test('nobody has a password that fits, not even the decoy’s', async () => {
  expect(await verifyPassword(undefined, 'nobody has this password')).toBe(false);
});

test('a flood waits in a line of 32, the rest is told to come back', async () => {
  const passwordHash = await hashPassword('Тұлпар-2026');
  const outcomes = await Promise.allSettled(
    Array.from({ length: 40 }, () => verifyPassword(passwordHash, 'Тұлпар-2026')),
  );
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(34);
  expect(refused).toHaveLength(6);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'auth.busy', retryAfter: 2 });
  // And the line is empty again afterwards.
  expect(await verifyPassword(passwordHash, 'Тұлпар-2026')).toBe(true);
});

test('a broken hash gives its place in the line back', async () => {
  for (let i = 0; i < 5; i += 1) await expect(verifyPassword('not a hash', 'x')).rejects.toThrow('Decoding failed');
  const passwordHash = await hashPassword('x');
  expect(await verifyPassword(passwordHash, 'x')).toBe(true);
});
