import { requestIdOf } from '../../../client/e2e/support/consult.ts';
import { firstPicture, firstVoice, readPress } from '../../lab/call-meter.ts';
import type { ConsultLab } from '../../lab/consult-lab.ts';
import type { Bench, BenchContext, Control, Samples } from '../bench.ts';
import { type BothArrivals, bothHear, inBothConsults, inConsult, ms, STOCK, watchArrivals } from './in-consult.ts';

/** What has not come by then counts as this long. */
const LIMIT_MS = 60_000;
/** The planted fault: the link is cut for so long when the specialist answers. */
const CONTROL_CUT_MS = 5000;

/** The words on the button by which the specialist answers. */
const ANSWER = 'Join';

interface FirstMedia {
  readonly stationAudio: number;
  readonly specialistAudio: number;
  readonly stationPicture: number;
  readonly specialistPicture: number;
}

/**
 * From the specialist's answer to the first sound and picture on both screens; from the press by which a station goes back into the call, its page open and
 * nothing connected; and from a reload there.
 */
export const clickToMediaBench: Bench = {
  name: 'click-to-media',
  summary:
    'from the answer to sound and picture at both ends, the station waiting; from another screen; after a reload',
  profiles: ['vsat', 'kazsat-rain', '3g-edge', 'adsl', 'lossy-lte-10', 'lossy-lte-20', 'starlink', 'good'],
  baselines: [STOCK, 'none'],
  runs: { usual: 5, full: 9 },
  secondsPerRun: () => 60,
  aims: [
    // 0.5 RTT + 300 ms, and 1 RTT + 300 ms.
    { name: 'station hears', of: 'metrics', metric: 'stationAudio', atMost: 600, profiles: ['vsat'] },
    { name: 'specialist hears', of: 'metrics', metric: 'specialistAudio', atMost: 900, profiles: ['vsat'] },
    { name: 'station sees', of: 'metrics', metric: 'stationPicture', atMost: 1500, profiles: ['vsat'] },
    { name: 'specialist sees', of: 'metrics', metric: 'specialistPicture', atMost: 1500, profiles: ['vsat'] },
    { name: 'station hears, nothing warm', of: 'metrics', metric: 'coldAudio', atMost: 2500, profiles: ['vsat'] },
  ],
  run: (context) => inBothConsults(context, runOnce),
  control: (context) => inConsult(context, (consult) => runControl(consult, context)),
};

async function runOnce(consult: ConsultLab, context: BenchContext): Promise<Samples> {
  const first = await answer(consult, context);
  context.progress('from another screen', 0.7);
  const cold = await comeFromElsewhere(consult);
  context.progress('reloading the station', 0.8);
  const reloadedAt = Date.now();
  // The page is there long before its sound; the answer to the reload is not waited for.
  const reload = consult.feldsher.page.reload({ waitUntil: 'commit', timeout: LIMIT_MS });
  await reload;
  const { station } = await watchArrivals(
    consult,
    LIMIT_MS,
    ({ station }) =>
      firstVoice(station.audio, reloadedAt) !== undefined && firstPicture(station.video, reloadedAt) !== undefined,
  );
  return {
    stationAudio: ms(first.stationAudio),
    specialistAudio: ms(first.specialistAudio),
    stationPicture: ms(first.stationPicture),
    specialistPicture: ms(first.specialistPicture),
    coldAudio: ms(cold.audio),
    coldPicture: ms(cold.picture),
    reloadAudio: ms(since(reloadedAt, firstVoice(station.audio, reloadedAt))),
    reloadPicture: ms(since(reloadedAt, firstPicture(station.video, reloadedAt))),
  };
}

/** The station goes to its start page, where nothing is connected, and from there back into the call. */
async function comeFromElsewhere(consult: ConsultLab): Promise<{ audio: number; picture: number }> {
  const { page } = consult.feldsher;
  const id = requestIdOf(page);
  await page.goBack();
  const back = page.locator(`a[href*="${id}"]`).first();
  await back.waitFor();
  await page.waitForFunction(() =>
    (window.__peerConnections ?? []).every(({ connectionState }) => connectionState === 'closed'),
  );
  const pressedAt = Date.now();
  await back.click();
  const { station } = await watchArrivals(
    consult,
    LIMIT_MS,
    ({ station }) =>
      firstVoice(station.audio, pressedAt) !== undefined && firstPicture(station.video, pressedAt) !== undefined,
  );
  return {
    audio: since(pressedAt, firstVoice(station.audio, pressedAt)),
    picture: since(pressedAt, firstPicture(station.video, pressedAt)),
  };
}

async function runControl(consult: ConsultLab, context: BenchContext): Promise<Control> {
  await consult.station.link.cut(CONTROL_CUT_MS);
  const { stationAudio, specialistAudio } = await answer(consult, context);
  return {
    planted: `the link was cut for ${CONTROL_CUT_MS / 1000} s at the answer`,
    // The press came a moment after the cut.
    caught: Math.min(stationAudio, specialistAudio) > CONTROL_CUT_MS - 2000,
  };
}

async function answer(consult: ConsultLab, { progress }: BenchContext): Promise<FirstMedia> {
  progress('answering', 0.5);
  await consult.answer();
  const pressedAt = await readPress(consult.specialist.page, ANSWER);
  const arrivals = await watchArrivals(
    consult,
    LIMIT_MS,
    (arrivals) => bothHear(arrivals, pressedAt) && bothSee(arrivals, pressedAt),
  );
  const { station, specialist } = arrivals;
  return {
    stationAudio: since(pressedAt, firstVoice(station.audio, pressedAt)),
    specialistAudio: since(pressedAt, firstVoice(specialist.audio, pressedAt)),
    stationPicture: since(pressedAt, firstPicture(station.video, pressedAt)),
    specialistPicture: since(pressedAt, firstPicture(specialist.video, pressedAt)),
  };
}

function bothSee({ station, specialist }: BothArrivals, from: number): boolean {
  return firstPicture(station.video, from) !== undefined && firstPicture(specialist.video, from) !== undefined;
}

function since(from: number, at: number | undefined): number {
  return at === undefined ? LIMIT_MS : at - from;
}
