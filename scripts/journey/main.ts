import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openPerson, type Person } from '../../client/e2e/support/browser.ts';
import {
  accept,
  CONCLUSION,
  DEMO,
  fillRequest,
  pressCall,
  sign,
  signIn,
  waitForRing,
  writeConclusion,
} from '../../client/e2e/support/consult.ts';
import { openInFirefox, ownAddress } from '../../client/e2e/support/firefox.ts';
import { firstMoment, noteClick, type Received, readReceived } from '../../client/e2e/support/media-stats.ts';
import { ProductServer } from '../../client/e2e/support/server.ts';

/** How long media must flow both ways. */
const CONSULT_MS = 15_000;

/**
 * Times are milliseconds: `ringMs` from the press of "Call" to the ring on the specialist's screen; `firstAudioMs` and
 * `firstFrameMs` from the press of "Join" until both sides have received a packet of sound, and decoded a frame. Counts are what
 * each side received from the answer to the end of the talk.
 */
interface Result {
  readonly ringMs: number;
  readonly firstAudioMs: number;
  readonly firstFrameMs: number;
  readonly feldsherFramesDecoded: number;
  readonly specialistFramesDecoded: number;
  readonly feldsherAudioPackets: number;
  readonly specialistAudioPackets: number;
  readonly conclusionSigned: boolean;
  readonly recordSurvivesRestart: boolean;
}

const SIDES = ['station', 'specialist'] as const;
type Side = (typeof SIDES)[number];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'string' }, firefox: { type: 'string' } } });
  const result = await holdConsult(inFirefox(values.firefox));
  const line = JSON.stringify(result);
  if (values.json !== undefined) writeFileSync(values.json, `${line}\n`);
  process.stdout.write(`${line}\n`);
}

/** `--firefox`: one of the sides, or `both`. */
function inFirefox(wanted: string | undefined): readonly Side[] {
  if (wanted === undefined) return [];
  if (wanted === 'both') return SIDES;
  const side = SIDES.find((one) => one === wanted);
  if (side === undefined) throw new Error(`--firefox is ${SIDES.join(', ')} or both, not ${wanted}`);
  return [side];
}

/** One whole consult in two Chromiums, or in Firefox on these sides; throws where anything does not happen. */
async function holdConsult(firefoxes: readonly Side[]): Promise<Result> {
  say('starting the product with demo data in a folder of its own');
  const server = await ProductServer.create(firefoxes.length > 0 ? { JAQYN_RTC_LISTEN_IPS: ownAddress() } : {});
  const people: Person[] = [];
  try {
    for (const side of SIDES)
      people.push(await (firefoxes.includes(side) ? openInFirefox(server.url) : openPerson(server.url)));
    const [station, specialist] = people.map(({ page }) => page) as [Page, Page];

    say('signing in as a specialist and as a feldsher');
    await signIn(specialist, DEMO.specialist);
    await signIn(station, DEMO.station);

    say('calling');
    await fillRequest(station);
    const called = await noteClick(station, 'Call');
    const ring = waitForRing(specialist).then(() => Date.now());
    const requestId = await pressCall(station);
    const ringMs = (await ring) - (await called());

    say('answering');
    const joined = await noteClick(specialist, 'Join');
    await accept(specialist);
    const firstAudio = await latest(people, 'audioPackets');
    const firstFrame = await latest(people, 'framesDecoded');
    const pressedJoin = await joined();

    say(`talking for ${CONSULT_MS / 1000} s`);
    const start = await Promise.all([readReceived(station), readReceived(specialist)]);
    const [feldsherEnd, specialistEnd] = await talk([station, specialist], start);

    say('writing and signing the conclusion');
    await writeConclusion(specialist);
    await sign(specialist);
    await station.waitForURL(/\/result$/);

    say('restarting the server and reading the record at the station');
    await server.stop();
    await server.start();
    await station.goto(`/requests/${requestId}/result`);
    for (const text of [CONCLUSION.findings, CONCLUSION.recommendation])
      await station.getByText(text).first().waitFor();

    return {
      ringMs,
      firstAudioMs: firstAudio - pressedJoin,
      firstFrameMs: firstFrame - pressedJoin,
      feldsherFramesDecoded: feldsherEnd.framesDecoded,
      specialistFramesDecoded: specialistEnd.framesDecoded,
      feldsherAudioPackets: feldsherEnd.audioPackets,
      specialistAudioPackets: specialistEnd.audioPackets,
      conclusionSigned: true,
      recordSurvivesRestart: true,
    };
  } finally {
    await Promise.all(people.map(({ browser }) => browser.close()));
    await server.close();
  }
}

async function latest(people: readonly Person[], kind: Parameters<typeof firstMoment>[1]): Promise<number> {
  return Math.max(...(await Promise.all(people.map(({ page }) => firstMoment(page, kind)))));
}

/** Looks every second that sound and picture still grow on both sides; throws where either stood still for three. */
async function talk(pages: readonly [Page, Page], start: readonly Received[]): Promise<[Received, Received]> {
  const until = Date.now() + CONSULT_MS;
  let before = start;
  let stillFor = 0;
  while (Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const now = await Promise.all(pages.map((page) => readReceived(page)));
    const hasGrown = now.every((side, i) => {
      const was = before[i];
      return was !== undefined && side.framesDecoded > was.framesDecoded && side.audioPackets > was.audioPackets;
    });
    stillFor = hasGrown ? 0 : stillFor + 1;
    if (stillFor >= 3) throw new Error(`Media stood still: ${JSON.stringify({ before, now })}`);
    before = now;
  }
  const [first, second] = before;
  if (first === undefined || second === undefined) throw new Error('Nobody was there');
  return [first, second];
}

function say(step: string): void {
  process.stderr.write(`· ${step}\n`);
}

await main();
