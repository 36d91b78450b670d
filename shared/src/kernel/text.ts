import * as z from 'zod/mini';

// Zero-width and bidirectional control characters: invisible on screen, so what is read would not be what is signed.
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;
// Control characters other than tab, line feed and carriage return.
// biome-ignore lint: the range is meant
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

/** Free text as people type it: trimmed, without invisible or control characters, at most `max` characters. May be empty. */
export function freeText(max: number) {
  return z.pipe(
    z.string().check(z.maxLength(max)),
    z.transform((text: string) => text.normalize('NFC').replace(INVISIBLE, '').replace(CONTROL, '').trim()),
  );
}

/** Free text that must say something. */
export function requiredText(max: number) {
  return z.pipe(freeText(max), z.string().check(z.minLength(1)));
}
