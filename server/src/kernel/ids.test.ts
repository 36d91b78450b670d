import { UserId } from '@jaqyn/shared/kernel/ids';
import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('an id is a UUIDv7 the contracts take', () => {
  const id = newId();
  expect(UserId.safeParse(id).success).toBe(true);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('it begins with its millisecond, so ids sort by time', () => {
  expect(newId(0x0123456789ab)).toMatch(/^01234567-89ab-7/);
  expect(newId(1_000) < newId(1_001)).toBe(true);
  expect(newId(2 ** 48 - 1)).toMatch(/^ffffffff-ffff-7/);
});

test('ids of one millisecond differ', () => {
  expect(new Set(Array.from({ length: 10_000 }, () => newId(1))).size).toBe(10_000);
});
