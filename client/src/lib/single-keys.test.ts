import { beforeEach, describe, expect, test, vi } from 'vitest';
import { setSignedIn, setSignedOut } from './session.ts';
import { areSingleKeysOn, mayActAlone, setSingleKeys } from './single-keys.ts';

const person = (id: string) => ({ id }) as Parameters<typeof setSignedIn>[0];
/** A key into an element that stands in what these selectors name. */
const press = (inside: string[] = [], held: object = {}) => ({
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  target: { closest: (selector: string) => (inside.some((one) => selector.split(', ').includes(one)) ? {} : null) },
  ...held,
});

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  setSignedIn(person('one'));
});

describe('keys that act by themselves', () => {
  test('are on until somebody switches them off, for themselves on this computer', () => {
    expect(areSingleKeysOn()).toBe(true);
    setSingleKeys(false);
    expect([areSingleKeysOn(), mayActAlone(press())]).toEqual([false, false]);
    setSignedIn(person('another'));
    expect(areSingleKeysOn()).toBe(true);
    setSignedIn(person('one'));
    expect(areSingleKeysOn()).toBe(false);
    setSingleKeys(true);
    expect(mayActAlone(press())).toBe(true);
    setSignedOut();
    setSingleKeys(false);
    expect(areSingleKeysOn()).toBe(true);
  });

  test.each(['input', 'textarea', 'select', 'dialog', '[contenteditable]'])('do nothing inside %s', (inside) => {
    expect(mayActAlone(press([inside]))).toBe(false);
  });

  test.each(['ctrlKey', 'metaKey', 'altKey'])('leave what is pressed with %s to the browser', (held) => {
    expect(mayActAlone(press([], { [held]: true }))).toBe(false);
  });

  test('a browser that keeps nothing leaves them on, and a key into the document itself acts', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new Error('refused');
      },
      setItem: () => {
        throw new Error('refused');
      },
    });
    setSingleKeys(false);
    expect(mayActAlone({ ...press(), target: null })).toBe(true);
  });
});
