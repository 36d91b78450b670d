import { DEMO } from '../../../client/e2e/support/consult.ts';
import { ask } from '../../../client/e2e/support/rosters.ts';
import type { Stage, Story } from '../look.ts';
import { choose, dialogOf, escape, press } from './steps.ts';

type Page = Stage['page'];

/** Each end holds its picture by hand, and both say so. */
const held: Story = {
  name: 'picture held by hand',
  login: DEMO.specialist,
  async play({ cast, look }) {
    const { station, specialist } = await cast.talk({ reason: 'Pressing pain behind the breastbone' });
    await press(specialist, 'Devices');
    await choose(dialogOf(specialist), /^Small/);
    await escape(specialist);
    await specialist.getByText(/^Your picture: .*by hand/).waitFor();
    await station.getByText(/^Their picture: .*by hand/).waitFor();
    await look('small, at the specialist', specialist);
    await look('small, seen at the station', station);
    await press(station, 'Devices');
    await choose(dialogOf(station), /^Stills/);
    await look('stills chosen', station);
    await escape(station);
    await specialist.getByText(/^Their picture: .*by hand/).waitFor();
    await look('small and stills, at the station', station);
    await look('small and stills, at the specialist', specialist);
    await press(station, 'Voice only');
    await specialist.getByText(/^Their picture: .*oice/).waitFor();
    await look('small and voice, at the station', station);
    await look('small and voice, at the specialist', specialist);
  },
};

async function nameOf(page: Page): Promise<string> {
  return (await ask<{ displayName: string }>(page, '/api/session')).displayName;
}

/** In the open dialog of those in the call; answers the name, by which they are sent out again. */
async function askIn(leader: Page, guest: Page, as: RegExp): Promise<string> {
  const dialog = dialogOf(leader);
  const name = await nameOf(guest);
  await choose(dialog, as);
  await dialog.getByLabel('Part of the name').fill(name);
  await dialog.getByRole('button', { name: `Ask in: ${name}` }).click();
  await dialog.getByRole('button', { name: `Send out: ${name}` }).waitFor();
  return name;
}

/** A second specialist comes in to speak, and then somebody who looks on, after the patient was asked. */
const consilium: Story = {
  name: 'consilium',
  login: DEMO.specialist,
  async play({ cast, look }) {
    const { station, specialist } = await cast.talk({ reason: 'Pressing pain behind the breastbone' });
    const [neurologist, observer] = [await cast.enter(DEMO.neurologist), await cast.enter(DEMO.coordinator)];
    await press(specialist, /^People/);
    await askIn(specialist, neurologist, /^Further specialist/);
    const observing = await askIn(specialist, observer, /^Observer/);
    await look('two are asked in', specialist);
    await neurologist.getByRole('link', { name: 'Join the call' }).click();
    await station.getByRole('button', { name: 'The patient agrees' }).waitFor();
    await look('three, and the patient is asked', station);
    await press(station, 'The patient agrees');
    await observer.getByRole('link', { name: 'Join the call' }).click();
    await station.getByText('Observer: hears and sees, is silent', { exact: true }).waitFor();
    await look('four, at the station', station);
    await look('four, at the further specialist', neurologist);
    await look('four, at the observer', observer);
    await look('who is in the call', specialist);
    await press(dialogOf(specialist), `Send out: ${observing}`);
    await specialist.getByRole('dialog', { name: /^Send .* out of the call/ }).waitFor();
    await look('send out?', specialist);
    await press(dialogOf(specialist), 'Send out');
    await observer.getByText('You are not asked into this call any more').waitFor();
    await look('sent out', observer);
    await escape(specialist);
    await look('three, at the specialist', specialist);
    await press(station, /^People/);
    await look('who is in the call, at the station', station);
  },
};

/** The patient says no to whoever would look on. */
const refusing: Story = {
  name: 'observer refused',
  login: DEMO.specialist,
  async play({ cast, look }) {
    const { station, specialist } = await cast.talk({ reason: 'Pressing pain behind the breastbone' });
    const observer = await cast.enter(DEMO.coordinator);
    await press(specialist, /^People/);
    const name = await askIn(specialist, observer, /^Observer/);
    await press(station, 'The patient does not agree');
    await station.getByRole('button', { name: 'The patient does not agree' }).waitFor({ state: 'detached' });
    await dialogOf(specialist)
      .getByRole('button', { name: `Send out: ${name}` })
      .waitFor({ state: 'detached' });
    await look('at the specialist', specialist);
    await look('at the station', station);
  },
};

export const callPeople: readonly Story[] = [held, consilium, refusing];
