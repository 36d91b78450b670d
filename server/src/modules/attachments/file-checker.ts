import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ATTACHMENT_LIMITS, AttachmentRefusal, RenditionRole } from '@jaqyn/shared/attachments/attachment.contract';
import * as z from 'zod/mini';
import type { CheckOutcome } from './checked-file.ts';

export interface CheckLimits {
  readonly ms: number;
  /** Resident memory of the process. */
  readonly memoryBytes: number;
}

export interface FileChecker {
  /** Writes what it makes into `folder`. Rejects when the process could not start; a file that breaks it is refused. */
  check(file: string, folder: string): Promise<CheckOutcome>;
  /** Ends what is being checked: it will be checked again after the next start. */
  close(): void;
}

/** 30 pages take 20 s on an old machine, 60 megapixels 7 s and 500 MB. */
const LIMITS: CheckLimits = { ms: 120_000, memoryBytes: 1200 * 1024 * 1024 };
const PROCESS = fileURLToPath(new URL('./check.process.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const WATCH_MS = 50;
const MAX_ANSWER = 256 * 1024;

const Outcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('made'),
    pages: z.int().check(z.minimum(1), z.maximum(ATTACHMENT_LIMITS.pages)),
    renditions: z.array(
      z.object({
        role: RenditionRole,
        page: z.int(),
        mediaType: z.enum(['image/jpeg', 'image/png', 'image/webp', 'application/pdf', 'audio/wav']),
        width: z.int(),
        height: z.int(),
        // What it says is not a way to read another file.
        file: z.string().check(z.regex(/^[a-z]+-\d{1,3}$/)),
      }),
    ),
  }),
  z.object({ kind: z.literal('refused'), problem: AttachmentRefusal }),
]);

/** Starts a process for each file, without the server's environment, with limits of time and memory, and behind every call. */
export class ProcessChecker implements FileChecker {
  readonly #limits: CheckLimits;
  readonly #running = new Set<() => void>();
  #isClosed = false;

  constructor(limits: CheckLimits = LIMITS) {
    this.#limits = limits;
  }

  async check(file: string, folder: string): Promise<CheckOutcome> {
    const child = spawn(
      process.execPath,
      [
        '--permission',
        `--allow-fs-read=${ROOT}`,
        `--allow-fs-read=${file}`,
        `--allow-fs-write=${folder}`,
        `--allow-fs-read=${folder}`,
        '--allow-addons',
        '--disable-warning=SecurityWarning',
        '--max-old-space-size=256',
        PROCESS,
        file,
        folder,
      ],
      { env: { MALLOC_ARENA_MAX: '2' }, cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const kill = () => void child.kill('SIGKILL');
    let isOver = false;
    const end = () => {
      isOver = true;
      kill();
    };
    this.#running.add(kill);
    const { pid } = child;
    if (pid !== undefined) {
      try {
        setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
      } catch {
        // It has ended already.
      }
    }
    const timer = setTimeout(end, this.#limits.ms);
    const watch = setInterval(() => {
      void residentBytes(pid).then((bytes) => {
        if (bytes > this.#limits.memoryBytes) end();
      });
    }, WATCH_MS);
    let answer = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      answer += text;
      if (answer.length > MAX_ANSWER) end();
    });
    try {
      const isWhole = await new Promise<boolean>((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code) => resolve(code === 0));
      });
      if (this.#isClosed) throw new Error('the checker was closed');
      const [ready, outcome = ''] = answer.split('\n');
      // Not the file's fault: a package is missing or may not be read.
      if (ready !== 'ready' && !isOver) throw new Error('the process that checks files could not start');
      const parsed = isWhole ? Outcome.safeParse(parseJson(outcome)) : undefined;
      // It died, ran too long or took too much: the file did that.
      return parsed?.success === true ? parsed.data : { kind: 'refused', problem: 'attachment.too_complex' };
    } finally {
      clearTimeout(timer);
      clearInterval(watch);
      this.#running.delete(kill);
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const kill of this.#running) kill();
  }
}

/** Where the system tells; elsewhere time alone limits. */
async function residentBytes(pid: number | undefined): Promise<number> {
  try {
    const [, pages = '0'] = (await readFile(`/proc/${pid}/statm`, 'latin1')).split(' ');
    return Number(pages) * 4096;
  } catch {
    return 0;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
