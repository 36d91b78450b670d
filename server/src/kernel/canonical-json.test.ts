import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalize } from './canonical-json.ts';

// RFC 8785, section 3.2.2 and appendix B.
test.each([
  [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
  [
    { '€': 1, '\r': 2, \uFB33: 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 },
    '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\uFB33":3}',
  ],
  [
    { n: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001] },
    '{"n":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
  ],
  [{ s: '€$\u000f\nA\'B"\\\\"/' }, '{"s":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'],
  [{ l: [null, true, false] }, '{"l":[null,true,false]}'],
  [{ zero: -0 }, '{"zero":0}'],
  [{ gone: undefined, kept: '' }, '{"kept":""}'],
])('%j', (value, text) => {
  expect(canonicalize(value)).toBe(text);
});

test('one text for one value, whatever the order of its keys; and the value comes back', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const shuffled = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalize(shuffled)).toBe(canonicalize(value));
      expect(JSON.parse(canonicalize(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each([[{ n: Number.NaN }], [{ n: Number.POSITIVE_INFINITY }]])('%j is no JSON', (value) => {
  expect(() => canonicalize(value)).toThrow('not allowed');
});
