import {
  accept,
  CONCLUSION,
  callSpecialist,
  DEMO,
  sendChat,
  waitForRing,
} from '../../../client/e2e/support/consult.ts';
import type { Story } from '../look.ts';
import { choose, dialogOf, escape, press } from './steps.ts';

const REASON = 'Жүрегі шаншиды, түнде ұйқысы қашады. Не істеу керек?';

/** The ring, at whoever is called. */
const ring: Story = {
  name: 'ring',
  login: DEMO.specialist,
  async play({ cast, page, look }) {
    const station = await cast.enter(DEMO.station);
    const requestId = await callSpecialist(station, { reason: REASON });
    await waitForRing(page);
    await look('on the worklist');
    await page.goto('/notices');
    await page.getByText('Incoming call').waitFor();
    await look('on another page');
    await page.goto('/worklist');
    await waitForRing(page);
    await press(page, 'Decline');
    await dialogOf(page).waitFor();
    await look('decline');
    await choose(dialogOf(page), 'Another reason');
    await look('decline for another reason');
    await escape(page);
    await press(page, 'Accept');
    await dialogOf(page).getByRole('button', { name: 'Join' }).waitFor();
    await look('accept');
    await press(dialogOf(page), 'Join');
    await page.waitForURL(/\/consults\//);
    await page.request.post(`/api/consultations/${requestId}/end-call`);
  },
};

const talk: Story = {
  name: 'call',
  login: DEMO.specialist,
  async play({ cast, look }) {
    const { station, specialist } = await cast.talk({ reason: REASON });
    await sendChat(station, 'ЭКГ дайын, камераға ұстап тұрмын');
    await specialist.getByText('ЭКГ дайын').first().waitFor();
    await sendChat(specialist, 'Вижу хорошо, спасибо. Поднесите, пожалуйста, ближе к свету.');
    await station.getByText('Вижу хорошо').first().waitFor();
    await look('at the specialist', specialist);
    await look('at the station', station);
    await press(specialist, 'Microphone on');
    await press(specialist, 'Camera on');
    await specialist.getByRole('button', { name: 'Camera off' }).waitFor();
    await look('without sound and picture of one’s own', specialist);
    await look('the other one is mute and dark', station);
    await press(specialist, 'Microphone off');
    await press(specialist, 'Camera off');
    await press(station, 'Voice only');
    await station
      .getByText(/Voice only/)
      .nth(1)
      .waitFor();
    await look('voice only at the station', station);
    await look('voice only at the specialist', specialist);
    await press(station, 'Voice only');
    await press(station, 'Devices');
    await station.getByLabel('Camera').first().waitFor();
    await look('devices at the station', station);
    await station.keyboard.press('Escape');
    await press(specialist, 'Devices');
    await specialist.getByLabel('Camera').first().waitFor();
    await look('devices at the specialist', specialist);
    await specialist.keyboard.press('Escape');
    await press(specialist, /^People/);
    await dialogOf(specialist).getByLabel('Part of the name').fill('а');
    await dialogOf(specialist)
      .getByRole('button', { name: /^Ask in/ })
      .first()
      .waitFor();
    await look('people', specialist);
    await escape(specialist);
    await press(station, 'Leave the call');
    await dialogOf(station).waitFor();
    await look('leave?', station);
    await escape(station);
    await press(specialist, 'End the call');
    await dialogOf(specialist).waitFor();
    await look('end?', specialist);
    await escape(specialist);
    await station.context().setOffline(true);
    await station
      .getByText(/^No link for/)
      .first()
      .waitFor();
    await look('the line is away at the station', station);
    await look('the line is away at the specialist', specialist);
    await station.context().setOffline(false);
    await cast.flows({ station, specialist });
    await press(specialist, 'End the call');
    await press(dialogOf(specialist), 'End the call');
    await station.getByRole('heading', { name: 'The call has ended' }).waitFor();
    await look('ended at the station', station);
    await look('ended at the specialist', specialist);
  },
};

const examination: Story = {
  name: 'examination',
  login: DEMO.specialist,
  async play({ cast, page, look }) {
    const station = await cast.enter(DEMO.station, { flags: ['--use-fake-device-for-media-stream=device-count=3'] });
    const requestId = await callSpecialist(station, { reason: 'A spot on the back that has grown' });
    await waitForRing(page);
    await accept(page);
    await press(page, 'Examination');
    await look('choices of the specialist');
    await press(page, 'Second camera');
    await station.getByRole('button', { name: 'Switch it on' }).waitFor();
    await look('asked for at the station', station);
    await press(station, 'Switch it on');
    await station.getByLabel('Which camera examines').selectOption({ label: 'fake_device_2' });
    await page.getByLabel('Picture of the examination').waitFor();
    await look('second camera at the specialist');
    await look('second camera at the station', station);
    await press(page, 'Hold');
    await station.getByRole('button', { name: 'Let it move' }).waitFor();
    await look('held');
    await press(page, 'Let it move');
    await press(page, 'Photo');
    await press(station, 'Take the photo');
    await dialogOf(station).getByRole('img', { name: 'The photo' }).waitFor();
    await look('photo at the station', station);
    await press(dialogOf(station), 'Send');
    await page.getByRole('button', { name: /^Skin \d\d:\d\d$/ }).waitFor();
    await look('photo at the specialist');
    await page.getByRole('button', { name: /^Skin \d\d:\d\d$/ }).click();
    const viewer = page.getByRole('dialog', { name: 'Photos and files' });
    await viewer.locator('img').first().waitFor();
    await look('viewer');
    await press(viewer, 'Show to the other side');
    await station.getByRole('dialog', { name: 'Photos and files' }).waitFor();
    await press(viewer, 'Measure');
    await look('viewer shown to the other side');
    await look('viewer at the other side', station);
    await press(viewer, 'Close');
    await press(station.getByRole('dialog', { name: 'Photos and files' }), 'Close');
    await press(station, 'Stethoscope');
    await page.getByRole('button', { name: /^Lungs/ }).waitFor();
    await look('stethoscope at the specialist');
    await look('stethoscope at the station', station);
    await press(station, 'Stethoscope');
    await station.keyboard.press('Alt+KeyC');
    await page.getByText('The curtain is drawn: nobody sees the patient').waitFor();
    await look('curtain at the specialist');
    await look('curtain at the station', station);
    await page.request.post(`/api/consultations/${requestId}/end-call`);
  },
};

/** A third one comes in, and the patient is asked. */
const more: Story = {
  name: 'three in a call',
  login: DEMO.specialist,
  async play({ cast, look }) {
    const { station, specialist } = await cast.talk({ reason: REASON });
    const observer = await cast.enter('coordinator');
    const { displayName } = (await (await observer.request.get('/api/session')).json()) as { displayName: string };
    await press(specialist, /^People/);
    const dialog = dialogOf(specialist);
    await choose(dialog, /^Observer/);
    await dialog.getByLabel('Part of the name').fill(displayName);
    await dialog.getByRole('button', { name: `Ask in: ${displayName}` }).click();
    await observer.getByText('The patient is being asked').first().waitFor();
    await look('asked in', observer);
    await station.getByRole('button', { name: 'The patient agrees' }).waitFor();
    await look('does the patient agree?', station);
    await look('people who were asked in', specialist);
    await press(station, 'The patient agrees');
    await observer.getByRole('link', { name: 'Join the call' }).click();
    await station.getByText('Observer: hears and sees, is silent', { exact: true }).waitFor();
    await look('observer at the station', station);
    await look('observer’s own page', observer);
    await escape(specialist);
    await look('observer at the specialist', specialist);
  },
};

/** The call dies, and is answered in writing with what was typed. */
const dying: Story = {
  name: 'dying call',
  login: DEMO.specialist,
  async play({ cast, look }) {
    const { station, specialist } = await cast.talk({ reason: REASON });
    await specialist.getByLabel('Findings').fill(CONCLUSION.findings);
    await station.request.delete('/api/session');
    await station.context().close();
    await specialist.getByRole('button', { name: 'Answer in writing' }).waitFor({ timeout: 60_000 });
    await look('how to go on', specialist);
    await press(specialist, 'Answer in writing');
    await specialist.getByRole('button', { name: 'Ask the station' }).waitFor();
    await look('in writing', specialist);
    await press(specialist, 'Ask the station');
    await dialogOf(specialist).waitFor();
    await look('a question back', specialist);
    await specialist.getByLabel(/What should the station tell/).fill('Екінші қолында да бар ма? Суретін жіберіңіз.');
    await press(dialogOf(specialist), 'Ask');
    await specialist.getByText(/Before signing:/).waitFor();
    await look('waits for the answer', specialist);
    const elsewhere = await cast.enter(DEMO.station);
    await elsewhere.goto(new URL(specialist.url()).pathname.replace('/consults/', '/requests/').concat('/status'));
    await elsewhere.getByRole('region', { name: "The specialist's side asks" }).waitFor();
    await look('the question at the station', elsewhere);
  },
};

export const call: readonly Story[] = [ring, talk, examination, more, dying];
