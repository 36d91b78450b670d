import { expect, test } from 'vitest';
import { readyUrl } from './serve.ts';

test('only the server’s own ready line is one', () => {
  expect(readyUrl('ready http://127.0.0.1:3000')).toBe('http://127.0.0.1:3000');
  expect(readyUrl('ready http://127.0.0.1:3000\r')).toBe('http://127.0.0.1:3000');
  expect(readyUrl('not ready http://127.0.0.1:3000')).toBeUndefined();
  expect(readyUrl('ready soon')).toBeUndefined();
  expect(readyUrl('{"msg":"ready http://127.0.0.1:3000"}')).toBeUndefined();
});
