import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Counters, readCounters } from './call-meter.ts';
import { ConsultLab } from './consult-lab.ts';
import type { Profile } from './profiles.ts';

export interface ShowOptions {
  readonly profile: Profile;
  readonly seed: number;
  /** The lab ends by itself after this. */
  readonly minutes: number;
  /** Where `shot` puts screenshots. */
  readonly folder: string;
}

const REPORT_MS = 5000;

const HELP = `  cut SECONDS        the link is gone for so long
  set KEY=VALUE …    e.g. set down.rate=128 loss=5 burst=80 (delay jitter rate queue loss burst gap every; up. down.)
  switch             another line of the same kind, and so another address
  shot               a picture of both screens
  stats              what the link has carried and lost
  quit`;

/** Holds a consult in the lab until the person has seen enough: `quit`, a closed window, or the end of the minutes. */
export async function showConsult(options: ShowOptions): Promise<void> {
  const { profile, seed, minutes } = options;
  const isShown = Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  console.log(`  ${profile.name}: ${profile.says}; ${isShown ? 'two windows' : 'no display, so no windows'}`);
  const consult = await ConsultLab.create({ profile, seed, isShown });
  const input = createInterface({ input: process.stdin });
  const timers: NodeJS.Timeout[] = [];
  try {
    await consult.ring();
    await consult.beginWeather();
    await consult.answer();
    console.log(`  the consult runs for ${minutes} min; type\n${HELP}`);
    const report = createReporter(consult);
    timers.push(setInterval(() => void report().catch(complain), REPORT_MS));
    await new Promise<void>((resolve) => {
      timers.push(setTimeout(resolve, minutes * 60_000));
      for (const { browser } of consult.people) browser.once('disconnected', () => resolve());
      input.on('line', (line) => {
        if (line.trim() === 'quit') resolve();
        else obey(consult, line.trim(), options).catch(complain);
      });
    });
  } finally {
    for (const timer of timers) clearTimeout(timer);
    input.close();
    await consult.close();
  }
}

async function obey(consult: ConsultLab, line: string, { profile, folder }: ShowOptions): Promise<void> {
  const [verb = '', ...words] = line.split(/\s+/);
  const { station } = consult;
  switch (verb) {
    case 'cut':
      return station.link.cut(Number(words[0]) * 1000);
    case 'set':
      return station.link.tell(words.join(' '));
    case 'switch':
      station.use(await station.addLine(profile.switchTo ?? profile));
      return console.log(`  the station now sends from ${station.address}`);
    case 'shot':
      return shoot(consult, folder);
    case 'stats':
      return console.log(JSON.stringify(await station.link.readStats(), null, 2));
    default:
      return console.log(HELP);
  }
}

async function shoot(consult: ConsultLab, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const names = ['station', 'specialist'];
  const paths = names.map((name) => join(folder, `${name}-${Date.now()}.png`));
  await Promise.all(consult.people.map(({ page }, index) => page.screenshot({ path: paths[index] ?? '' })));
  console.log(`  ${paths.join('  ')}`);
}

/** One line about the time since the line before. */
function createReporter(consult: ConsultLab): () => Promise<void> {
  let before: readonly Counters[] = [];
  return async () => {
    const now = await Promise.all(consult.people.map(({ page }) => readCounters(page)));
    const stats = await consult.station.link.readStats();
    await consult.station.link.reset();
    const fps = now.map((counters, index) => {
      const { framesDecoded, at } = before[index] ?? counters;
      return at === counters.at ? 0 : ((counters.framesDecoded - framesDecoded) * 1000) / (counters.at - at);
    });
    before = now;
    const way = (name: 'up' | 'down'): string => {
      const { delivered, queueMs, lost } = stats[name];
      const kbps = (delivered.bytes * 8) / stats.ms;
      return `${name} ${kbps.toFixed(0)} kbit/s, queue ${queueMs.mean.toFixed(0)} ms, lost ${lost.queue + lost.air + lost.gap + lost.cut}`;
    };
    console.log(
      `  ${way('up')} · ${way('down')} · station ${fps[0]?.toFixed(1)} fps, specialist ${fps[1]?.toFixed(1)} fps`,
    );
  };
}

function complain(error: unknown): void {
  console.log(`  ${error instanceof Error ? error.message : String(error)}`);
}
