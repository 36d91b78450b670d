import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Runs JavaScript module code in a process of its own; `stdout` and `stderr` whole, however it ended. */
export async function runModule(code: string): Promise<{ stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { stdout, stderr };
}
