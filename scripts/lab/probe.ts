import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Lab } from './lab.ts';
import { FAIR_WEATHER, type LinkChange } from './link-words.ts';
import type { Site } from './site.ts';
import { type Flow, parseTrace, type Trace } from './trace.ts';
import type { Play } from './verify.ts';

const MAX_OUTPUT = 1 << 28;

export interface ProbeOptions {
  readonly up?: Flow;
  readonly down?: Flow;
  readonly ms: number;
  /** The server sends back what comes up: delays of `up` are there and back. */
  readonly isEcho?: boolean;
  /** How long to wait for what may be lost; by default longer than any profile's queue. */
  readonly waitMs?: number;
}

/** Sends numbered UDP packets between a site and the server and answers what became of each. */
export async function probe(lab: Lab, site: Site, options: ProbeOptions): Promise<Trace> {
  const words = (['up', 'down'] as const).flatMap((way) => {
    const flow = options[way];
    return flow ? [`${way}.every=${flow.every}`, `${way}.size=${flow.size}`, `${way}.ms=${options.ms}`] : [];
  });
  const ends = [site.namespace.name, site.address, lab.server.name, site.line.serverAddress];
  const args = [...ends, ...words, `echo=${options.isEcho ? 1 : 0}`, `wait=${options.waitMs ?? 5000}`];
  const { stdout } = await promisify(execFile)(lab.tools.probe, args, { maxBuffer: MAX_OUTPUT });
  return parseTrace(stdout);
}

/** Plays over the site's real link, configured anew by `change`: the same weather each time. */
export async function playReally(lab: Lab, site: Site, change: LinkChange, play: Play): Promise<Trace> {
  await site.link.set(change);
  if (play.isFair) await site.link.set(FAIR_WEATHER);
  const [trace] = await Promise.all([
    probe(lab, site, play),
    play.cut ? sleep(play.cut.at).then(() => site.link.cut(play.cut?.ms)) : undefined,
  ]);
  return trace;
}
