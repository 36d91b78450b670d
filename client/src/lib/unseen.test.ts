import { describe, expect, it } from 'vitest';
import { changeMine, isChanged, isUnseen } from './unseen.ts';

const isSameSet = (one: readonly string[], other: readonly string[]) =>
  [...one].sort().join() === [...other].sort().join();

describe('what two people make of one thing', () => {
  it('is compared with what stood there when the change began, however often it is typed on', () => {
    const begun = changeMine(undefined, 'a', 'ab');
    // Somebody saved "x" while the second letter was typed.
    const typedOn = changeMine(begun, 'x', 'abc');
    expect(typedOn).toEqual({ value: 'abc', seen: 'a' });
    expect(isUnseen(typedOn, 'x')).toBe(true);
    expect(isUnseen(typedOn, 'a')).toBe(false);
  });

  it('is no quarrel when nothing was typed, or when both made the same of it', () => {
    expect(isUnseen(undefined, 'x')).toBe(false);
    expect(isUnseen({ value: 'x', seen: 'a' }, 'x')).toBe(false);
    expect(isChanged({ value: 'x', seen: 'a' }, 'x')).toBe(false);
    expect(isChanged({ value: 'x', seen: 'a' }, 'a')).toBe(true);
  });

  it('is compared as a set where the order means nothing', () => {
    const mine = { value: ['kk', 'ru'], seen: ['ru', 'en'] };
    expect(isUnseen(mine, ['en', 'ru'], isSameSet)).toBe(false);
    expect(isChanged(mine, ['ru', 'kk'], isSameSet)).toBe(false);
    expect(isUnseen(mine, ['en'], isSameSet)).toBe(true);
  });
});
