import { expect, test } from 'vitest';
import { createConsultDesk } from '../../../test/consult-desk.ts';
import { AuditReadingService } from './audit-reading.service.ts';

async function createReading() {
  const desk = await createConsultDesk();
  const { store, clock, world } = desk;
  const audit = new AuditReadingService({ store, clock, lastCheckpoint: () => null });
  const look = (wanted: Partial<Parameters<AuditReadingService['list']>[1]> = {}) =>
    audit.list(world.admin.actor, { number: '', person: '', kind: 'all', limit: 50, ...wanted });
  return { ...desk, look };
}

test('tells of a request, its conclusion and its patient, the newest first, with who it was', async () => {
  const { signedRequest, look, conclusions, patients, feldsher, cardio, world, raw } = await createReading();
  const id = await signedRequest();
  await conclusions.getConclusion(feldsher, id);
  await patients.getPatient(feldsher, world.patient);
  const number = raw.prepare('select number from service_request').pluck().get() as string;
  const { entries, log } = await look({ number });
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map(({ seq }) => seq).toSorted((a, b) => b - a));
  const found = entries.map(({ action, actor, isReading, requestNumber }) => ({
    action,
    who: actor?.displayName,
    isReading,
    requestNumber,
  }));
  expect(found).toContainEqual({
    action: 'consultation.sign',
    who: cardio.displayName,
    isReading: false,
    requestNumber: number,
  });
  for (const action of ['conclusion.read', 'patient.read']) {
    expect(found).toContainEqual({ action, who: feldsher.displayName, isReading: true, requestNumber: null });
  }
  expect(log.size).toBe((raw.prepare('select count(*) from audit_event').pluck().get() as number) - 1);
});

test('by person and by kind; an unknown number or name finds nobody’s entries, not everybody’s', async () => {
  const { signedRequest, look, conclusions, feldsher } = await createReading();
  const id = await signedRequest();
  await conclusions.getConclusion(feldsher, id);
  const by = await look({ person: 'Айгерім' });
  expect(new Set(by.entries.map(({ actor }) => actor?.displayName))).toEqual(new Set([feldsher.displayName]));
  const readings = (await look({ kind: 'readings' })).entries;
  const changes = (await look({ kind: 'changes' })).entries;
  expect(readings.length).toBeGreaterThan(0);
  expect(readings.every(({ isReading }) => isReading)).toBe(true);
  expect(changes.length).toBeGreaterThan(0);
  expect(changes.some(({ isReading }) => isReading)).toBe(false);
  for (const nothing of [{ number: '2020-999999' }, { person: '%' }, { person: 'nobody at all' }]) {
    expect(await look(nothing)).toMatchObject({ entries: [], next: null });
  }
});

test('page after page comes to the beginning, each entry once; looking is an entry itself, turning the page is not', async () => {
  const { signedRequest, look, audited } = await createReading();
  await signedRequest();
  const looks = () => audited('audit_event').filter(({ action }) => action === 'audit.read').length;
  const seen: number[] = [];
  const first = await look({ limit: 3 });
  expect(looks()).toBe(1);
  for (let page = first; ; ) {
    seen.push(...page.entries.map(({ seq }) => seq));
    if (page.next === null) break;
    page = await look({ limit: 3, before: page.next });
  }
  expect(seen).toEqual(Array.from({ length: first.log.size }, (_, at) => first.log.size - at));
  expect(looks()).toBe(1);
});
