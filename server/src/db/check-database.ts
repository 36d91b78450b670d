import { execFile } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export type DatabaseVerdict =
  | { readonly kind: 'sound' }
  /** What SQLite says about it, and in which table: for the log and for whoever mends it. */
  | { readonly kind: 'damaged'; readonly says: string };

const PROCESS = fileURLToPath(new URL('./check-database.process.ts', import.meta.url));

/** Reads the whole database in another process, behind everything else. Rejects when it could not look, and when `signal` ends it. */
export async function checkDatabase(file: string, signal?: AbortSignal): Promise<DatabaseVerdict> {
  const running = promisify(execFile)(process.execPath, [PROCESS, file], { signal, killSignal: 'SIGKILL', env: {} });
  const { pid } = running.child;
  if (pid !== undefined) {
    try {
      setPriority(pid, constants.priority.PRIORITY_LOW);
    } catch {
      // It has ended already.
    }
  }
  const [kind, ...says] = (await running).stdout.split('\n');
  if (kind === 'sound') return { kind };
  if (kind === 'damaged') return { kind, says: says.join(' ') };
  throw new Error('the check said nothing');
}
