import { describe, expect, test } from 'vitest';
import { type ErrorCode, errorCatalog, isErrorCode } from './error-catalog.ts';
import { Problem, toProblem } from './problem.ts';

const codes = Object.keys(errorCatalog) as ErrorCode[];

describe.each(codes)('%s', (code) => {
  test('is noun.reason with an HTTP error status and a title', () => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/);
    expect(errorCatalog[code].status).toBeGreaterThanOrEqual(400);
    expect(errorCatalog[code].status).toBeLessThan(600);
    expect(errorCatalog[code].title).not.toBe('');
  });

  test('makes a problem that the client understands', () => {
    const problem = toProblem(code, 'a-reference', { fields: [{ path: 'iin', code: 'taken' }], retryAfter: 2 });
    expect(Problem.parse(JSON.parse(JSON.stringify(problem)))).toEqual(problem);
  });
});

test.each(['', 'toString', '__proto__', 'constructor', 'patient.nope'])('%j is no code', (text) => {
  expect(isErrorCode(text)).toBe(false);
});
