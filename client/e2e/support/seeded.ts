import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.resolve(import.meta.dirname, '../../..');

/** Names the folder that was seeded for this run of the journeys, when there is one. */
export const SEEDED_DIR = 'JAQYN_SEEDED_DIR';

/** Seeds the demo into the folder that `env` names; throws with what the script said. */
export function seedDemo(env: NodeJS.ProcessEnv): Promise<void> {
  const script = 'scripts/seed/main.ts';
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => said.push(line));
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${script} ended with ${code}:\n${said.join('\n')}`)),
    );
  });
}
