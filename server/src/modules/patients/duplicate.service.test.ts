import type { MergeId, PatientId, StayId } from '@jaqyn/shared/kernel/ids';
import type { MergePlace } from '@jaqyn/shared/patients/duplicate.contract';
import { usualChoices } from '@jaqyn/shared/patients/duplicate.contract';
import type { PatientInput } from '@jaqyn/shared/patients/patient.contract';
import { EMPTY_SUMMARY, type PatientSummary } from '@jaqyn/shared/patients/patient-summary';
import { describe, expect, test } from 'vitest';
import { createTestServices } from '../../../test/build-services.ts';
import { newConsultation, newPatient } from '../../../test/factories.ts';
import { openRaw } from '../../../test/raw-database.ts';
import { createWorld } from '../../../test/world.ts';
import { newId } from '../../kernel/ids.ts';

const allergy = (substance: string) => ({ substance, reaction: '', severity: 'severe' as const });

async function createDesk() {
  const services = await createTestServices();
  const world = await createWorld(services.store);
  const raw = openRaw(services.store);
  const { patients, duplicates, merges } = services;
  const station = world.feldsher.actor;
  const coordinator = world.coordinator.actor;
  const register = async (actor = station, changes: Partial<PatientInput> = {}) =>
    (await patients.registerPatient(actor, newPatient(changes))).patient;
  return {
    ...services,
    world,
    raw,
    station,
    elsewhere: world.otherFeldsher.actor,
    coordinator,
    register,
    likely: (identity: Partial<Parameters<typeof duplicates.findLikely>[1]>) =>
      duplicates.findLikely(station, { iin: null, familyName: '', givenName: '', birthDate: null, ...identity }),
    mergeInput: async (keptId: PatientId, mergedId: PatientId) => {
      const { kept, merged, digest } = await merges.preview(coordinator, { keptId, mergedId });
      return {
        id: newId<MergeId>(),
        keptId,
        mergedId,
        digest,
        choices: usualChoices(kept, merged),
        reason: 'Бір адам',
      };
    },
    audited: (action: string) => raw.prepare('select count(*) from audit_event where action = ?').pluck().get(action),
  };
}

describe('while registering', () => {
  test('the same IIN is found at every station; of a card elsewhere only what was typed is shown', async () => {
    const { likely, register, elsewhere } = await createDesk();
    const theirs = await register(elsewhere, { familyName: 'Сейітов', givenName: 'Арман' });
    const [found, ...more] = await likely({ iin: theirs.iin, familyName: 'СЕЙИТОВ', givenName: 'Асан' });
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      id: theirs.id,
      reason: 'iin',
      familyName: 'Сейітов',
      givenName: 'А…',
      middleName: '',
      iinEnd: theirs.iin?.slice(-4),
    });
    expect(found?.elsewhere?.settlement.kk).toBe('Мойынқұм');
    expect(JSON.stringify(found)).not.toContain('Арман');
    expect(JSON.stringify(found)).not.toContain(theirs.iin);
  });

  test.each([
    [
      'the same name folded, the same birth date',
      { familyName: 'ЖАКСЫБЕКОВА', givenName: 'Гулсим' },
      'name_and_birth_date',
    ],
    ['one letter another', { familyName: 'Жаксыбикова', givenName: 'Гүлсім' }, 'similar_name'],
    ['family and given name swapped', { familyName: 'Гүлсім', givenName: 'Жақсыбекова' }, 'similar_name'],
    ['another name', { familyName: 'Оспанова', givenName: 'Айгүл' }, undefined],
  ])('%s', async (_what, names, reason) => {
    const { likely, world, patients, station } = await createDesk();
    const { birthDate } = await patients.getPatient(station, world.patient);
    expect((await likely({ ...names, birthDate })).map((found) => found.reason)).toEqual(reason ? [reason] : []);
  });

  test('a similar name elsewhere is nobody’s business; nor is one with another IIN', async () => {
    const { likely, register, elsewhere, station } = await createDesk();
    const theirs = await register(elsewhere, { iin: null, familyName: 'Тасболатова', givenName: 'Ләззат' });
    const names = { familyName: 'Тасболотова', givenName: 'Лаззат', birthDate: theirs.birthDate };
    expect(await likely(names)).toEqual([]);
    const ours = await register(station, { familyName: 'Тасболатова', givenName: 'Ләззат' });
    expect((await likely(names)).map(({ id }) => id)).toEqual([ours.id]);
    const { iin } = newPatient();
    expect(await likely({ ...names, iin })).toEqual([]);
  });
});

describe('a card at another station', () => {
  test.each([
    ['moved_here', 'patient.move_station'],
    ['visiting', 'patient.admit_visitor'],
  ] as const)('%s: found, seen and audited from then on', async (kind, action) => {
    const { duplicates, patients, register, elsewhere, station, clock, audited, world } = await createDesk();
    const theirs = await register(elsewhere, { familyName: 'Көшкінов' });
    await expect(patients.getPatient(station, theirs.id)).rejects.toThrow('patient.not_found');
    const identity = { iin: theirs.iin, familyName: '', givenName: '', birthDate: null };
    const input = { id: newId<StayId>(), kind, reason: 'Қызына келді', identity };
    const opened = await duplicates.admit(station, theirs.id, input);
    expect(opened.stationId).toBe(kind === 'moved_here' ? world.station : world.otherStation);
    expect(await duplicates.admit(station, theirs.id, input)).toEqual(opened);
    expect(audited(action)).toBe(1);
    expect((await patients.searchPatients(station, 'Кошкинов', 5)).patients).toHaveLength(1);
    expect(await patients.getPatient(station, theirs.id)).toEqual(opened);

    clock.advance({ seconds: 31 * 86_400 });
    const after = await patients.getPatient(station, theirs.id).catch((error: Error) => error.message);
    expect(after).toEqual(kind === 'moved_here' ? opened : 'patient.not_found');
  });

  test.each([
    ['another IIN', { iin: '900101300123' }],
    ['nothing', {}],
    ['the name without the birth date', { familyName: 'Көшкінов', givenName: 'Гүлсім' }],
  ])('identified by %s: as if it were missing, and nothing is stored', async (_what, wrong) => {
    const { duplicates, register, elsewhere, station, raw } = await createDesk();
    const theirs = await register(elsewhere, { familyName: 'Көшкінов' });
    const identity = { iin: null, familyName: '', givenName: '', birthDate: null, ...wrong };
    const input = { id: newId<StayId>(), kind: 'visiting' as const, reason: 'Сынақ', identity };
    await expect(duplicates.admit(station, theirs.id, input)).rejects.toThrow('patient.not_found');
    expect(raw.prepare('select count(*) from patient_stay').pluck().get()).toBe(0);
  });
});

describe('a summary', () => {
  const summary: PatientSummary = { ...EMPTY_SUMMARY, allergies: [allergy('Пенициллин')], medicines: [] };

  test('every version stays, the banner’s line follows, yesterday’s tab is refused', async () => {
    const { patients, register, station, raw, audited } = await createDesk();
    const { id } = await register();
    const saved = await patients.saveSummary(station, id, { baseVersion: 0, summary });
    expect(saved).toMatchObject({ summary, summaryVersion: 1, allergies: 'Пенициллин' });
    expect(await patients.saveSummary(station, id, { baseVersion: 0, summary })).toEqual(saved);
    const other = { ...summary, allergies: [] };
    await expect(patients.saveSummary(station, id, { baseVersion: 0, summary: other })).rejects.toThrow(
      'patient.summary_changed',
    );
    await patients.saveSummary(station, id, { baseVersion: 1, summary: other });
    expect(raw.prepare('select version from patient_summary_version where patient_id = ?').pluck().all(id)).toEqual([
      1, 2,
    ]);
    expect(audited('patient.save_summary')).toBe(2);
    expect(() => raw.prepare("update patient_summary_version set content = '{}'").run()).toThrow('never changes');
  });

  test('of a foreign patient is refused as of a missing one', async () => {
    const { patients, world, station } = await createDesk();
    for (const id of [world.otherPatient, newId<PatientId>()]) {
      await expect(patients.saveSummary(station, id, { baseVersion: 0, summary })).rejects.toThrow('patient.not_found');
    }
  });
});

describe('two cards made one', () => {
  async function createPair() {
    const desk = await createDesk();
    const { patients, register, station, consultations, world } = desk;
    const one = await register(station, { phone: '', allergies: 'Йод' });
    const other = await register(station, {
      iin: null,
      familyName: 'Жаксыбекова',
      phone: '+7 701',
      birthDate: one.birthDate,
    });
    await patients.saveSummary(station, other.id, {
      baseVersion: 0,
      summary: { ...EMPTY_SUMMARY, allergies: [allergy('Пенициллин')] },
    });
    const request = await consultations.createConsultation(
      station,
      newConsultation({ specialty: world.cardiology, patientId: other.id, urgency: 'urgent' }),
    );
    return { ...desk, one, other, request };
  }

  test('the coordinator is shown the pair; different IINs are two people', async () => {
    const { duplicates, coordinator, one, other, register, station } = await createPair();
    await register(station, { familyName: one.familyName, birthDate: one.birthDate });
    const { pairs, total, isPart } = await duplicates.listPairs(coordinator);
    expect(isPart).toBe(false);
    expect(total).toBe(pairs.length);
    const keys = pairs.map((pair) => [pair.one.id, pair.other.id].sort().join());
    expect(keys).toContain([one.id, other.id].sort().join());
    expect(pairs.every((pair) => pair.one.iin === null || pair.other.iin === null)).toBe(true);
  });

  test('the history ends nowhere without a word: page by page, with how many there are', async () => {
    const { merges, coordinator, mergeInput, one, other, clock } = await createPair();
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const { id } = await merges.merge(coordinator, await mergeInput(one.id, other.id));
      await merges.undo(coordinator, id, 'Екі адам екен');
      made.unshift(id);
      // Two of one moment lie on both sides of a page's end.
      if (index !== 2) clock.advance({ seconds: 1 });
    }
    const seen: string[] = [];
    let after: MergePlace | undefined;
    do {
      const page = await merges.list(coordinator, { limit: 2, after });
      expect(page.total).toBe(5);
      seen.push(...page.merges.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen.toSorted()).toEqual(made.toSorted());
  });

  test('everything of both is kept, requests follow, old ids lead to the kept card', async () => {
    const { merges, coordinator, mergeInput, one, other, request, patients, station, consultations, audited } =
      await createPair();
    const input = await mergeInput(one.id, other.id);
    const merge = await merges.merge(coordinator, input);
    expect(merge).toMatchObject({ keptId: one.id, mergedId: other.id, movedRequests: 1, undoneAt: null });
    expect(await merges.merge(coordinator, input)).toEqual(merge);
    expect(audited('patient.merge')).toBe(1);
    expect(await merges.list(coordinator, { limit: 50 })).toEqual({ merges: [merge], next: null, total: 1 });
    const kept = await patients.getPatient(station, other.id);
    expect(kept).toMatchObject({ id: one.id, iin: one.iin, phone: '+7 701' });
    expect(kept.summary.allergies?.map(({ substance }) => substance)).toEqual(['Йод', 'Пенициллин']);
    expect((await consultations.getConsultation(station, request.id)).patient?.id).toBe(one.id);
    expect((await patients.searchPatients(station, 'Жаксыбекова', 20)).patients.map(({ id }) => id)).not.toContain(
      other.id,
    );
  });

  test('made two again: values, IIN and requests go back, what came since stays', async () => {
    const { merges, coordinator, mergeInput, one, other, request, patients, station, consultations, world, raw } =
      await createPair();
    const before = {
      one: await patients.getPatient(station, one.id),
      other: await patients.getPatient(station, other.id),
    };
    // The other way round, so that the IIN changes its card.
    const { id } = await merges.merge(coordinator, await mergeInput(other.id, one.id));
    expect(await patients.getPatient(station, one.id)).toMatchObject({ id: other.id, iin: one.iin });
    const later = await consultations.createConsultation(
      station,
      newConsultation({ specialty: world.neurology, patientId: one.id, urgency: 'urgent' }),
    );
    const undone = await merges.undo(coordinator, id, 'Екі адам екен');
    expect(undone.undoneAt).not.toBeNull();
    expect(await merges.undo(coordinator, id, 'Қайтадан')).toEqual(undone);
    const after = {
      one: await patients.getPatient(station, one.id),
      other: await patients.getPatient(station, other.id),
    };
    expect(after.one).toEqual(before.one);
    expect(after.other).toMatchObject({ id: other.id, iin: null, phone: '+7 701', summary: before.other.summary });
    expect((await consultations.getConsultation(station, request.id)).patient?.id).toBe(other.id);
    expect((await consultations.getConsultation(station, later.id)).patient?.id).toBe(other.id);
    expect(() => raw.prepare("update patient_merge set reason = 'x'").run()).toThrow('only undone, once');
  });

  test.each<[string, (desk: Awaited<ReturnType<typeof createPair>>) => Promise<unknown>, string]>([
    [
      'with itself',
      ({ merges, coordinator, one }) => merges.preview(coordinator, { keptId: one.id, mergedId: one.id }),
      'patient_merge.same',
    ],
    [
      'after one was changed',
      async ({ merges, coordinator, mergeInput, one, other, patients, station }) => {
        const input = await mergeInput(one.id, other.id);
        await patients.saveSummary(station, one.id, { baseVersion: 0, summary: EMPTY_SUMMARY });
        return merges.merge(coordinator, input);
      },
      'patient_merge.stale',
    ],
    [
      'that is merged already',
      async ({ merges, coordinator, mergeInput, one, other }) => {
        await merges.merge(coordinator, await mergeInput(one.id, other.id));
        return merges.preview(coordinator, { keptId: other.id, mergedId: one.id });
      },
      'patient_merge.stale',
    ],
    [
      'undone before a later one',
      async ({ merges, coordinator, mergeInput, one, other, world }) => {
        const { id } = await merges.merge(coordinator, await mergeInput(one.id, other.id));
        await merges.merge(coordinator, await mergeInput(world.patient, one.id));
        return merges.undo(coordinator, id, 'Қате');
      },
      'patient_merge.undo_blocked',
    ],
  ])('refused: %s', async (_what, attempt, code) => {
    await expect(attempt(await createPair())).rejects.toThrow(code);
  });

  test('merged one into the next: every old id leads to the last', async () => {
    const { merges, coordinator, mergeInput, one, other, world, patients, station } = await createPair();
    await merges.merge(coordinator, await mergeInput(one.id, other.id));
    await merges.merge(coordinator, await mergeInput(world.patient, one.id));
    for (const id of [one.id, other.id]) expect((await patients.getPatient(station, id)).id).toBe(world.patient);
    expect((await patients.searchPatients(station, one.iin ?? '', 5)).patients.map(({ id }) => id)).toEqual([
      world.patient,
    ]);
  });
});
