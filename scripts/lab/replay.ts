import { execFile } from 'node:child_process';
import { FAIR_WEATHER, type LinkChange, toWords } from './link-words.ts';
import { parseTrace, type Trace } from './trace.ts';
import type { Play } from './verify.ts';

/** An hour of both directions is some tens of megabytes of lines. */
const MAX_OUTPUT = 1 << 28;
/** For the last packets to arrive. */
const DRAIN_MS = 20_000;

/** Plays a link that was configured by `change` in virtual time. */
export function playVirtually(program: string, change: LinkChange, play: Play): Promise<Trace> {
  const { up, down, ms, cut } = play;
  const flows = (['up', 'down'] as const).map(
    (way) => `flow ${way} every=${{ up, down }[way].every} size=${{ up, down }[way].size}`,
  );
  const passing = cut ? [`run ${cut.at}`, `set cut=${cut.ms}`, `run ${ms - cut.at}`] : [`run ${ms}`];
  return replay(program, [
    `set ${toWords(change)}`,
    ...(play.isFair ? [`set ${toWords(FAIR_WEATHER)}`] : []),
    ...flows,
    ...passing,
    'flow up every=0 size=40',
    'flow down every=0 size=40',
    `run ${DRAIN_MS}`,
  ]);
}

/** Runs the commands of emulator/replay.c. Throws what it complains about. */
export function replay(program: string, commands: readonly string[]): Promise<Trace> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, { maxBuffer: MAX_OUTPUT }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr.trim() || error.message));
      else resolve(parseTrace(stdout));
    });
    child.stdin?.end(`${commands.join('\n')}\n`);
  });
}
