import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Cast } from './support/cast.ts';
import {
  accept,
  CONCLUSION,
  callSpecialist,
  DEMO,
  decline,
  fillRequest,
  sendChat,
  sign,
  waitForRing,
  writeConclusion,
} from './support/consult.ts';
import { readReceived } from './support/media-stats.ts';

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.create();
});
afterEach(() => cast.closeWindows());
afterAll(() => cast.close());

describe('a consult', () => {
  it('goes from the call to the conclusion that the station reads and acknowledges', async () => {
    const talk = await cast.talk();
    const { station, specialist, requestId } = talk;

    await sendChat(station, 'ECG is done, I am holding it to the camera');
    await specialist.getByText('ECG is done, I am holding it to the camera').waitFor();
    await sendChat(specialist, 'I see it well');
    await station.getByText('I see it well').waitFor();

    await writeConclusion(specialist);
    await sign(specialist);

    await station.waitForURL(`**/requests/${requestId}/result`);
    await station.getByText(CONCLUSION.findings).first().waitFor();
    await station.getByText(CONCLUSION.recommendation).first().waitFor();
    await station.getByLabel(/^Done: understood/).check();
    await station.getByRole('button', { name: 'Read and understood' }).click();
    await station.getByText(/^Read aloud on/).waitFor();
    await station.goto('/');
    await station.getByText('Results to read').first().waitFor();
  });

  it('rings the next on call when the first declines, and stops where it was answered', async () => {
    const first = await cast.enter(DEMO.specialist);
    const backup = await cast.enter(DEMO.backup);
    const station = await cast.enter(DEMO.station);
    await callSpecialist(station, { reason: 'Palpitations for an hour' });
    await waitForRing(first);
    await decline(first, 'Busy with another patient');
    await waitForRing(backup);
    await first.getByRole('button', { name: 'Accept' }).waitFor({ state: 'detached' });
    await accept(backup);
    await cast.flows({ station, specialist: backup });
  });

  it('keeps what was typed in the request over a reload', async () => {
    const station = await cast.enter(DEMO.station);
    await fillRequest(station, { reason: 'Typed before the reload' });
    await station
      .getByText(/^Saved/)
      .first()
      .waitFor();
    await station.reload();
    await expect.poll(() => station.getByLabel('What is the question?').inputValue()).toBe('Typed before the reload');
    expect(await station.getByLabel('Blood pressure, upper').inputValue()).toBe('135');
  });
});

describe('without devices', () => {
  it('goes on with the voice and picture of the other side', async () => {
    const station = await cast.enter(DEMO.station, { devices: 'none' });
    const specialist = await cast.enter(DEMO.specialist);
    await callSpecialist(station, { reason: 'This PC has neither camera nor microphone' });
    await waitForRing(specialist);
    await accept(specialist);
    await expect.poll(async () => (await readReceived(station)).framesDecoded, { timeout: 30_000 }).toBeGreaterThan(15);
    // The other way there is nothing, and chat still works.
    await sendChat(station, 'I see and hear you, but have no camera');
    await specialist.getByText('I see and hear you, but have no camera').waitFor();
    expect((await readReceived(specialist)).audioPackets).toBe(0);
  });
});
