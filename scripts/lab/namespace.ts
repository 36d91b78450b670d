import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../setup/setup-error.ts';
import { CONTAINER } from './rights.ts';

/** Where `ip netns` keeps them. */
const NAMESPACES = '/var/run/netns';

/** A network namespace: loopback and whatever links are put into it, and no way out of the machine. */
export class Namespace {
  readonly name: string;
  #isClosed = false;

  private constructor(name: string) {
    this.name = name;
  }

  /** Throws a SetupError where this machine does not let even root have namespaces. */
  static create(name: string): Namespace {
    try {
      ip(['netns', 'add', name]);
    } catch (error) {
      throw new SetupError(`No network namespace could be made: ${(error as Error).message}\n${CONTAINER}`, {
        cause: error,
      });
    }
    const namespace = new Namespace(name);
    // The kernel's own IPv6 chatter would be counted as the product's.
    namespace.run('sh', ['-c', 'echo 1 | tee /proc/sys/net/ipv6/conf/*/disable_ipv6']);
    namespace.ip('link set lo up');
    return namespace;
  }

  /** Commands of ip(8), all at once. */
  ip(...commands: string[]): void {
    ip(['-n', this.name, '-batch', '-'], `${commands.join('\n')}\n`);
  }

  /** Runs a short command in here and answers what it printed. Throws with what it complained about. */
  run(command: string, args: readonly string[]): string {
    return execute('ip', ['netns', 'exec', this.name, command, ...args]);
  }

  /** Starts a program in here. It is killed when this process ends, however that comes about. */
  spawn(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    return spawn('ip', ['netns', 'exec', this.name, ...KILLED_WITH_US, command, ...args], options);
  }

  /** Writes a script into `dir` that is the program, but in here; for those who start programs by themselves. */
  createLauncher(dir: string, program: string): string {
    const path = join(dir, `${this.name}-launcher`);
    const line = ['ip', 'netns', 'exec', this.name, ...KILLED_WITH_US, program].map(quote).join(' ');
    writeFileSync(path, `#!/bin/sh\nexec ${line} "$@"\n`);
    chmodSync(path, 0o755);
    return path;
  }

  /** Ends what still runs in here and removes it; what was put into it goes with it. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    removeNamespace(this.name);
  }
}

const KILLED_WITH_US = ['setpriv', '--pdeathsig', 'KILL', '--'];

export function listNamespaces(): string[] {
  return existsSync(NAMESPACES) ? readdirSync(NAMESPACES) : [];
}

/** Kills what runs in a namespace of ours and removes it. Nothing happens where another was quicker. */
export function removeNamespace(name: string): void {
  try {
    for (const pid of ip(['netns', 'pids', name]).split('\n').filter(Boolean)) kill(Number(pid));
    ip(['netns', 'delete', name]);
  } catch (error) {
    if (listNamespaces().includes(name)) throw error;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function ip(args: readonly string[], input = ''): string {
  return execute('ip', args, input);
}

function execute(command: string, args: readonly string[], input = ''): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', input, stdio: 'pipe' });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim();
    throw new Error(`\`${[command, ...args].join(' ')}\` failed: ${said || (error as Error).message}`, {
      cause: error,
    });
  }
}

function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
