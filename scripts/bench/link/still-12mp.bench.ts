import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { readCounters, readPress } from '../../lab/call-meter.ts';
import type { ConsultLab } from '../../lab/consult-lab.ts';
import { countPieces, plantLargePhotos, readPieces, readSoundSent } from '../../lab/large-photo.ts';
import { getProfile } from '../../lab/profiles.ts';
import type { Bench, BenchContext, Control, Samples } from '../bench.ts';
import { bothHear, inConsult, ms, percent, watchArrivals } from './in-consult.ts';

const START_LIMIT_MS = 30_000;
const SETTLE_MS = 10_000;
/** The voice alone, to set against the voice beside a file. */
const BEFORE_MS = 15_000;
/** Of the whole file, which takes minutes: from when its rate has settled. */
const WHOLE_SETTLE_MS = 8000;
const WHOLE_MS = 40_000;
const CUT_MS = 4000;
const AFTER_CUT_BYTES = 40_000;
const LIMIT_MS = 90_000;
const LOOK_MS = 100;

/** A photo of 12 megapixels goes from the station beside the call: when is it seen, how much of the link carries it, what does the voice lose. */
export const still12mpBench: Bench = {
  name: 'still-12mp',
  summary: 'a photo of 12 megapixels beside a call: seen when, how fast, and what a cut and the voice pay for it',
  profiles: ['vsat', '3g-edge', 'adsl'],
  baselines: [],
  runs: { usual: 5, full: 7 },
  secondsPerRun: () => 150,
  aims: [
    { name: 'seen at 1024×768', of: 'metrics', metric: 'view', atMost: 6000, profiles: ['vsat'] },
    {
      name: '% of (link − sound) that is the photo',
      of: 'metrics',
      metric: 'goodput',
      atLeast: 85,
      profiles: ['vsat'],
    },
    { name: 'bytes again after a cut', of: 'largest', metric: 'sentAgain', atMost: 16 * 1024 },
    { name: 'sound made up beside it, points more', of: 'metrics', metric: 'damage', atMost: 0.5, profiles: ['vsat'] },
  ],
  run: async (context) => ({ metrics: await inConsult(context, (consult) => runOnce(consult, context)) }),
  control: (context) => inConsult(context, (consult) => runControl(consult, context)),
};

async function runOnce(consult: ConsultLab, context: BenchContext): Promise<Samples> {
  const { station, feldsher, specialist } = consult;
  await begin(consult, context);
  const quiet = await readCounters(specialist.page);
  await sleep(BEFORE_MS);
  const before = await readCounters(specialist.page);

  const pressedAt = await sendPhoto(consult);
  context.progress('the view', 0.4);
  const view = (await untilSeen(specialist.page)) - pressedAt;
  const viewBytes = (await readPieces(feldsher.page)).sent;

  context.progress('the whole', 0.5);
  await sleep(WHOLE_SETTLE_MS);
  const whole = await measureWhole(consult, context.profile, WHOLE_MS);
  const after = await readCounters(specialist.page);

  context.progress('a cut', 0.8);
  const { again } = await readPieces(feldsher.page);
  await station.link.cut(CUT_MS);
  const atCut = bytesThere(consult);
  await until(() => bytesThere(consult) > atCut + AFTER_CUT_BYTES, 'the file did not go on after the cut');
  const sentAgain = (await readPieces(feldsher.page)).again - again;

  const concealed = (from: typeof before, to: typeof before): number =>
    (100 * (to.concealedSamples - from.concealedSamples)) / Math.max(1, to.audioSamples - from.audioSamples);
  return {
    view: ms(view),
    viewBytes: { value: viewBytes, unit: 'B' },
    goodput: percent(whole.share),
    fileKbps: { value: whole.fileKbps, unit: 'kbit/s' },
    soundKbps: { value: whole.soundKbps, unit: 'kbit/s' },
    // Headers, what tells the other side of its own picture, signalling.
    otherKbps: { value: whole.upKbps - whole.fileKbps - whole.soundKbps, unit: 'kbit/s' },
    linkUsed: percent((100 * whole.upKbps) / getProfile(context.profile).up.rate),
    sentAgain: { value: sentAgain, unit: 'B' },
    concealedBefore: percent(concealed(quiet, before)),
    concealedBeside: percent(concealed(before, after)),
    damage: { value: concealed(before, after) - concealed(quiet, before), unit: 'pt' },
    queueMs: ms(whole.queueMs),
    queueP95: ms(whole.queueP95),
  };
}

async function runControl(consult: ConsultLab, context: BenchContext): Promise<Control> {
  await begin(consult, context);
  await sendPhoto(consult);
  await untilSeen(consult.specialist.page);
  await sleep(WHOLE_SETTLE_MS);
  await consult.station.link.set({ up: { rate: getProfile(context.profile).up.rate / 2 } });
  const { share } = await measureWhole(consult, context.profile, 15_000);
  return { planted: 'the link carries half of what the share is counted from', caught: share < 60 };
}

async function begin(consult: ConsultLab, { progress }: BenchContext): Promise<void> {
  progress('answering', 0.15);
  const from = Date.now();
  await consult.answer();
  await watchArrivals(consult, START_LIMIT_MS, (arrivals) => bothHear(arrivals, from));
  await plantLargePhotos(consult.feldsher.page);
  await countPieces(consult.feldsher.page);
  await sleep(SETTLE_MS);
}

/** As two people do it; answers when "Send" was pressed. */
async function sendPhoto({ feldsher, specialist }: ConsultLab): Promise<number> {
  const press = (page: Page, name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).first().click({ timeout: LIMIT_MS });
  await press(specialist.page, 'Examination');
  await press(specialist.page, 'Photo');
  await press(feldsher.page, 'Take the photo');
  const dialog = feldsher.page.getByRole('dialog');
  await dialog.getByRole('img', { name: 'The photo' }).waitFor({ timeout: LIMIT_MS });
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  return readPress(feldsher.page, 'Send');
}

/** When the photo stands on the specialist's screen, ms of the Unix clock. */
async function untilSeen(page: Page): Promise<number> {
  const shown = page.getByRole('button', { name: /^Skin \d\d:\d\d/ }).locator('img');
  await until(
    async () =>
      (await shown.count()) > 0 &&
      (await shown
        .first()
        .evaluate((image) => (image as HTMLImageElement).complete && (image as HTMLImageElement).naturalWidth > 0)),
    'the photo was not seen',
  );
  return Date.now();
}

async function measureWhole(consult: ConsultLab, profile: string, forMs: number) {
  const { station, feldsher } = consult;
  const { rate } = getProfile(profile).up;
  await station.link.reset();
  const sound = await readSoundSent(feldsher.page);
  const [from, startedAt] = [bytesThere(consult), performance.now()];
  await sleep(forMs);
  const passed = performance.now() - startedAt;
  const fileKbps = (8 * (bytesThere(consult) - from)) / passed;
  const soundAfter = await readSoundSent(feldsher.page);
  const soundKbps = (8 * (soundAfter.bytes - sound.bytes)) / (soundAfter.at - sound.at);
  const { up: way, ms: counted } = await station.link.readStats();
  const upKbps = (8 * way.delivered.bytes) / counted;
  return {
    fileKbps,
    soundKbps,
    upKbps,
    share: (100 * fileKbps) / (rate - soundKbps),
    queueMs: way.queueMs.mean,
    queueP95: way.queueMs.p95,
  };
}

/** Of files that are on their way, at the server. */
function bytesThere({ dataDir }: ConsultLab): number {
  const folder = path.join(dataDir, 'uploads');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { name }) => sum + statSync(path.join(folder, name)).size, 0);
}

async function until(isSo: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  const end = Date.now() + LIMIT_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(otherwise);
    await sleep(LOOK_MS);
  }
}
