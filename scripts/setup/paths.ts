import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The repository's root folder. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** Ignored folder with everything set-up itself needs: Node and pnpm as npm packages, stamps, logs. */
export const TOOLS_DIR = join(ROOT, '.tools');

/** What outlives a clone: `$XDG_CACHE_HOME/jaqyn`, by default `~/.cache/jaqyn`. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_CACHE_HOME'];
  // The XDG specification says that a relative path here is to be ignored.
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'jaqyn');
}

/** Where set-up remembers what it has done in this clone. */
export const STAMPS_DIR = join(TOOLS_DIR, 'stamps');

/** Where the full output of each step goes. */
export const LOGS_DIR = join(TOOLS_DIR, 'logs');
