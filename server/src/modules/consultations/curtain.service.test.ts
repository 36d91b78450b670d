import { expect, test } from 'vitest';
import { createConsultDesk } from '../../../test/consult-desk.ts';

async function createCurtains() {
  const desk = await createConsultDesk();
  const id = await desk.callAndAnswer();
  const trail = () => desk.audited(id).filter(({ action }) => action.endsWith('_curtain'));
  return { ...desk, id, trail };
}

test('who drew it and when stands in the consult’s record', async () => {
  const { id, curtains, trail, feldsher, cardio, clock, consultations } = await createCurtains();
  expect(await curtains.findCurtain(id)).toBeNull();
  const drawn = await curtains.setCurtain(feldsher, id, { isDrawn: true, hidesSound: false });
  expect(drawn).toEqual({ hidesSound: false, by: 'Оспанова Айгерім', at: clock.instant() });
  clock.advance({ seconds: 30 });
  expect(await curtains.findCurtain(id)).toEqual(drawn);
  // Pressed again, or said again after a cut: once in the record.
  expect(await curtains.setCurtain(cardio, id, { isDrawn: true, hidesSound: false })).toEqual(drawn);
  await curtains.setCurtain(cardio, id, { isDrawn: true, hidesSound: true });
  expect(await curtains.setCurtain(feldsher, id, { isDrawn: false, hidesSound: false })).toBeNull();
  expect(await curtains.setCurtain(feldsher, id, { isDrawn: false, hidesSound: false })).toBeNull();
  expect(trail()).toEqual([
    { action: 'consultation.draw_curtain', actorId: feldsher.userId },
    { action: 'consultation.draw_curtain', actorId: cardio.userId },
    { action: 'consultation.open_curtain', actorId: feldsher.userId },
  ]);
  const timeline = await consultations.listTimeline(feldsher, id);
  expect(timeline.map(({ action }) => action)).toContain('consultation.open_curtain');
});

test('a foreign consult has no curtain to pull at', async () => {
  const { id, curtains, trail, neuro } = await createCurtains();
  const set = curtains.setCurtain(neuro, id, { isDrawn: true, hidesSound: false });
  await expect(set).rejects.toThrow('consultation.not_found');
  expect(trail()).toEqual([]);
});
