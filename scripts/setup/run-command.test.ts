import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { LOGS_DIR } from './paths.ts';
import { exitCodeOf, runCommand } from './run-command.ts';
import { SetupError } from './setup-error.ts';

const log = `run-command-test-${process.pid}`;
const logFile = join(LOGS_DIR, `${log}.log`);
afterEach(() => rmSync(logFile, { force: true }));

const failureOf = (promise: Promise<void>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

test('every line is handed on and logged, from both streams', async () => {
  const lines: string[] = [];
  await runCommand('sh', ['-c', 'echo one; echo two >&2'], { log, onLine: (line) => lines.push(line) });
  expect(lines.sort()).toEqual(['one', 'two']);
  const logged = readFileSync(logFile, 'utf8');
  expect(logged).toContain('$ sh -c');
  expect(logged).toContain('one\n');
  expect(logged).toContain('two\n');
});

test('a command that fails is told with its code, its last lines and its log', async () => {
  const error = await failureOf(runCommand('sh', ['-c', 'seq 1 40; echo broken >&2; exit 7'], { log }));
  expect(error).toBeInstanceOf(SetupError);
  expect(error).toMatchObject({
    logFile,
    message: expect.stringMatching(/exit code 7[^]*\| 40|exit code 7[^]*broken/),
  });
  expect((error as SetupError).message).not.toContain('| 12\n');
});

test('a command that is not there is told, not thrown as a crash', async () => {
  const error = await failureOf(runCommand('no-such-command-here', [], { log }));
  expect(error).toMatchObject({ message: expect.stringContaining('ENOENT') });
});

test('a command that is killed counts as failed', async () => {
  const error = await failureOf(runCommand('sh', ['-c', 'kill -SEGV $$'], { log }));
  expect(error).toMatchObject({ message: expect.stringContaining('killed by SIGSEGV') });
});

test('exit codes are those of a shell', () => {
  expect(exitCodeOf(3, null)).toBe(3);
  expect(exitCodeOf(null, 'SIGTERM')).toBe(143);
});
