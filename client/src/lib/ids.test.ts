import { PatientId } from '@jaqyn/shared/kernel/ids';
import { afterEach, expect, it, vi } from 'vitest';
import { newId } from './ids.ts';

afterEach(() => vi.useRealTimers());

it('makes ids the contracts accept, in the order of time', () => {
  vi.useFakeTimers({ now: 1_795_000_000_000 });
  const first = newId();
  vi.setSystemTime(1_795_000_000_001);
  const second = newId();
  expect(PatientId.safeParse(first).success).toBe(true);
  expect(first[14]).toBe('7');
  expect(first < second).toBe(true);
});

it('makes a different one each time in the same millisecond', () => {
  vi.useFakeTimers({ now: 1_795_000_000_000 });
  expect(new Set(Array.from({ length: 1000 }, newId)).size).toBe(1000);
});
