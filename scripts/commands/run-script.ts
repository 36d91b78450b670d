import { CLIENT_DIST } from '../setup/prepare.ts';
import { runForeground } from '../setup/run-command.ts';

/** Runs a script of the project on the caller's terminal with the built client and the verified worker named. */
export function runScript(path: string, args: readonly string[]): Promise<number> {
  return runForeground(process.execPath, [path, ...args], { ...process.env, JAQYN_CLIENT_DIR: CLIENT_DIST });
}
