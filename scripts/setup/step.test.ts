import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './paths.ts';
import { SetupError } from './setup-error.ts';
import { formatDuration, formatFailure } from './step.ts';

test.each([
  [0, '0.0 s'],
  [240, '0.2 s'],
  [9_940, '9.9 s'],
  [9_960, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min 00 s'],
  [247_000, '4 min 07 s'],
])('%d ms read as %s', (milliseconds, expected) => {
  expect(formatDuration(milliseconds)).toBe(expected);
});

test('a failure says what is missing, what to type and where the log is', () => {
  const error = new SetupError('These are missing: meson', {
    commands: ['sudo apt-get update', 'sudo apt-get install meson'],
    logFile: join(ROOT, '.tools/logs/system-packages.log'),
  });
  expect(formatFailure(error)).toBe(
    [
      '  These are missing: meson',
      '',
      '  Type this, then the same command again:',
      '    sudo apt-get update',
      '    sudo apt-get install meson',
      '',
      '  The whole output: .tools/logs/system-packages.log',
    ].join('\n'),
  );
});

test('an error nobody foresaw keeps its stack', () => {
  expect(formatFailure(new TypeError('oops'))).toContain('step.test.ts');
  expect(formatFailure('text')).toBe('text');
});
