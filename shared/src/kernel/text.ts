import * as z from 'zod/mini';

// Zero-width, bidirectional and other invisible characters: not on screen, so what is read would not be what is signed.
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;
// Control characters other than tab, line feed and carriage return.
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;
// Half of a character. UTF-8 has no such thing: the database would give back another text than it was given.
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** The text as everybody sees it. Cleaning twice is cleaning once, so that what was stored passes the same schema again. */
function clean(text: string): string {
  return text.replace(LONE_SURROGATE, '\uFFFD').replace(INVISIBLE, '').replace(CONTROL, '').normalize('NFC').trim();
}

/** Free text as people type it: trimmed, without invisible or control characters, at most `max` characters. May be empty. */
export function freeText(max: number) {
  const limited = z.string().check(z.maxLength(max));
  // Limited again: composing can make a text longer.
  return z.pipe(z.pipe(limited, z.transform(clean)), limited);
}

/** Free text that must say something. */
export function requiredText(max: number) {
  return z.pipe(freeText(max), z.string().check(z.minLength(1)));
}
