import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { freeText, requiredText } from './text.ts';

// Code units one by one, so that halves of characters come about; mostly those that are worth something here.
const unit = fc.oneof(
  fc.integer({ min: 0, max: 0xffff }),
  fc.constantFrom(0x0438, 0x0306, 0x200b, 0x202e, 0xd83d, 0xde00, 0x0000, 0x0020, 0x00ad, 0x1100, 0x1161),
);
const anyText = fc.string({ unit: unit.map((code) => String.fromCharCode(code)), maxLength: 60 });

describe('freeText', () => {
  test.each([
    ['what hides direction', 'доза 10\u202E01\u202C мг', 'доза 1001 мг'],
    ['isolates and marks', '\u2066a\u2069\u200E\u200F\u061Cb', 'ab'],
    ['zero width', 'а\u200Bс\u200Cп\u200Dи\u2060р\uFEFFин', 'аспирин'],
    ['soft hyphens', 'аспи\u00ADрин', 'аспирин'],
    ['letters without a shape', 'a\u3164\u115F\u180Eb', 'ab'],
    ['tags', 'a\u{E0041}\u{E0042}b', 'ab'],
    ['annotation anchors', 'a\uFFF9b\uFFFAc\uFFFB', 'abc'],
    ['control characters', 'a\u0000\u0008\u001B[31mb\u007F\u0085c', 'a[31mbc'],
    ['half characters', 'a\uD800b\uDC00', 'a\uFFFDb\uFFFD'],
    ['space around', '\n  Жөтел \t', 'Жөтел'],
    ['decomposed letters', '\u0438\u0306', '\u0439'],
    ['decomposed letters with something hidden inside', '\u0438\u200B\u0306', '\u0439'],
  ])('takes %s away', (_what, text, clean) => {
    expect(z.parse(freeText(100), text)).toBe(clean);
  });

  test.each([
    'бірінші жол\nекінші жол\tкесте\r\n\r\nсоңы',
    'Әріптер: әғқңөұүһі ӘҒҚҢӨҰҮҺІ ё й',
    '38,5 °C; ≥ 2×/күн — «тыныш»',
    '😀',
  ])('keeps %j', (text) => {
    expect(z.parse(freeText(100), text)).toBe(text);
  });

  test('what was stored passes the same schema again, unchanged', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const first = z.safeParse(freeText(60), text);
        if (!first.success) return;
        expect(z.parse(freeText(60), first.data)).toBe(first.data);
      }),
      { numRuns: 5000 },
    );
  });

  test('nothing invisible is left, and UTF-8 gives back the same text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = z.parse(freeText(1000), text);
        expect(clean).not.toMatch(/[\p{Default_Ignorable_Code_Point}\p{Surrogate}]/u);
        expect(clean).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/);
        expect(new TextDecoder().decode(new TextEncoder().encode(clean))).toBe(clean);
      }),
      { numRuns: 5000 },
    );
  });

  test('the limit holds before and after cleaning', () => {
    const schema = freeText(10);
    expect(schema.safeParse('a'.repeat(10)).success).toBe(true);
    expect(schema.safeParse('a'.repeat(11)).success).toBe(false);
    // Refused before any work on it, however little of it would be left.
    expect(schema.safeParse('\u200B'.repeat(11)).success).toBe(false);
    // One character that NFC writes as three.
    expect(schema.safeParse('\uFB2C'.repeat(10)).success).toBe(false);
  });

  test.each([42, null, undefined, ['a'], { a: 1 }, true])('refuses %j', (value) => {
    expect(freeText(10).safeParse(value).success).toBe(false);
  });
});

describe('requiredText', () => {
  test.each(['', '   ', '\n\t', '\u200B\u200B', '\u3164', '\u0000'])('refuses %j, which says nothing', (text) => {
    expect(requiredText(10).safeParse(text).success).toBe(false);
  });

  test('takes a word', () => {
    expect(z.parse(requiredText(10), ' ия ')).toBe('ия');
  });
});
