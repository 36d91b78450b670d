import { describe, expect, test } from 'vitest';
import { createConsultDesk } from '../../../test/consult-desk.ts';
import { newConsultation, newPatient } from '../../../test/factories.ts';
import { dumpTables } from '../../../test/raw-database.ts';

async function createDesk() {
  const desk = await createConsultDesk();
  const { consultations, feldsher, world } = desk;
  const planned = (changes: Partial<Parameters<typeof consultations.createPlanned>[1]> = {}) => ({
    ...newConsultation({ specialty: world.cardiology }),
    patientId: world.patient,
    urgency: 'routine' as const,
    ...changes,
  });
  return { ...desk, planned, plan: (input = planned()) => consultations.createPlanned(feldsher, input) };
}

describe('asking for a consult to be booked', () => {
  test('it goes to triage, rings nowhere, and every step is in the audit log', async () => {
    const { plan, planned, ringingAt, audited, feldsher, takePublished } = await createDesk();
    const input = planned();
    await takePublished();
    const view = await plan(input);
    expect(view).toMatchObject({ id: input.id, status: 'in_triage', isPlanned: true, ring: null, specialist: null });
    expect(view.observations).toHaveLength(1);
    expect(ringingAt(input.id)).toEqual([]);
    expect(audited(input.id)).toEqual([
      { action: 'consultation.create', actorId: feldsher.userId },
      { action: 'consultation.submit', actorId: feldsher.userId },
      { action: 'consultation.start_triage', actorId: null },
    ]);
    const published = await takePublished();
    expect(published.map(([name]) => name)).toEqual(['consultation:changed']);
  });

  test('sent three times at once and once more later it is one', async () => {
    const { plan, planned, raw } = await createDesk();
    const input = planned();
    const views = await Promise.all([plan(input), plan(input), plan(input)]);
    expect(new Set(views.map(({ number }) => number)).size).toBe(1);
    const before = dumpTables(raw);
    expect(await plan(input)).toEqual(views[0]);
    expect(dumpTables(raw)).toEqual(before);
  });

  test('the same id with another content, from another user or as a call is refused', async () => {
    const { plan, planned, consultations, feldsher, otherFeldsher, raw } = await createDesk();
    const input = planned();
    await plan(input);
    const before = dumpTables(raw);
    await expect(plan({ ...input, reason: 'басқа' })).rejects.toThrow('idempotency.key_reused');
    await expect(consultations.createPlanned(otherFeldsher, input)).rejects.toThrow('idempotency.key_reused');
    await expect(consultations.createConsultation(feldsher, input)).rejects.toThrow('idempotency.key_reused');
    expect(dumpTables(raw)).toEqual(before);
  });

  test.each([
    ['a foreign patient', 'patient.not_found', 'otherPatient'],
    ['no such patient', 'patient.not_found', undefined],
  ] as const)('%s: nothing is kept', async (_what, code, key) => {
    const { plan, planned, raw, world } = await createDesk();
    const before = dumpTables(raw);
    const patientId = key === undefined ? newPatient().id : world[key];
    await expect(plan(planned({ patientId }))).rejects.toThrow(code);
    expect(dumpTables(raw)).toEqual(before);
  });

  test('no specialist sees or takes it before it is booked', async () => {
    const { plan, consultations, calling, cardio, coordinator } = await createDesk();
    const { id } = await plan();
    const listed = async (actor: typeof cardio) =>
      (await consultations.listConsultations(actor, { view: 'open', limit: 10 })).consultations.map((view) => view.id);
    expect(await listed(cardio)).toEqual([]);
    expect(await listed(coordinator)).toEqual([id]);
    await expect(consultations.getConsultation(cardio, id)).rejects.toThrow('consultation.not_found');
    await expect(calling.answer(cardio, id)).rejects.toThrow('consultation.not_found');
  });

  test('what cannot wait after all is called, and is a call from then on', async () => {
    const { plan, planned, calling, consultations, feldsher, cardio, ringingAt } = await createDesk();
    const input = planned();
    await plan(input);
    const called = await calling.callAgain(feldsher, input.id);
    expect(called).toMatchObject({ status: 'ringing', isPlanned: false });
    expect(ringingAt(input.id)).toHaveLength(2);
    // The answer to the first request was lost: it is known, and rings on.
    await expect(plan(input)).resolves.toMatchObject({ id: input.id, status: 'ringing' });
    await calling.answer(cardio, input.id);
    expect(await consultations.getConsultation(cardio, input.id)).toMatchObject({ status: 'in_call' });
  });
});
