import type { PatientId } from '@jaqyn/shared/kernel/ids';
import type { PatientInput } from '@jaqyn/shared/patients/patient.contract';
import { summaryOfWords } from '@jaqyn/shared/patients/patient-summary';
import { describe, expect, test } from 'vitest';
import { createTestServices } from '../../../test/build-services.ts';
import { createPatient, createUser, makeIin, newConsultation, newPatient } from '../../../test/factories.ts';
import { openRaw } from '../../../test/raw-database.ts';
import { createWorld } from '../../../test/world.ts';

async function createDesk() {
  const services = await createTestServices();
  const world = await createWorld(services.store);
  const { patients, clock } = services;
  const raw = openRaw(services.store);
  return {
    ...services,
    world,
    raw,
    desk: world.feldsher.actor,
    search: async (text: string, limit = 20, actor = world.feldsher.actor) =>
      (await patients.searchPatients(actor, text, limit)).patients.map((patient) => patient.id),
    /** Registered a minute after everything before it. */
    register: (changes: Partial<PatientInput> = {}) => {
      clock.advance({ seconds: 60 });
      return patients.registerPatient(world.feldsher.actor, newPatient(changes));
    },
  };
}

const date = (text: string) => text as PatientInput['birthDate'];

describe('searching', () => {
  test('the beginning of an IIN finds by IIN, in order, and nothing in its middle', async () => {
    const { register, search } = await createDesk();
    const first = (await register({ birthDate: date('1971-05-02') })).patient;
    const second = (await register({ birthDate: date('1971-05-01') })).patient;
    expect(await search('7105')).toEqual([second.id, first.id]);
    expect(await search(first.iin ?? '')).toEqual([first.id]);
    expect(await search('1050')).toEqual([]);
    expect(await search(`${first.iin}0`)).toEqual([]);
  });

  test.each(['Жақсыбекова', 'жаксыбекова', 'ЖАКСЫ', 'гулсім', 'әбдір жақ', 'Гулсим  Жаксыбекова', '  гүл '])(
    '%j finds Жақсыбекова Гүлсім Әбдірахманқызы',
    async (text) => {
      const { world, search } = await createDesk();
      expect(await search(text)).toEqual([world.patient]);
    },
  );

  test.each(['ақсы', 'Жаксыбекова Айнур', 'Жаксыбековаа', 'сыбек гүл'])('%j finds nobody', async (text) => {
    const { search } = await createDesk();
    expect(await search(text)).toEqual([]);
  });

  test.each(['%', '_', '%%', 'Жақ%ова', 'Ж_қсыбекова', '\\', "'", "' or 1=1 --", '*', '"', '()'])(
    'the signs in %j are no pattern',
    async (text) => {
      const { search } = await createDesk();
      expect(await search(text)).toEqual([]);
    },
  );

  test.each(['1958-03-14', '14.03.1958', '14.3.1958'])('the birth date %s', async (text) => {
    const { world, search } = await createDesk();
    expect(await search(text)).toEqual([world.patient]);
  });

  test.each(['1958-03-15', '14.13.1958', '31.02.1958', '0.0.0000'])('nobody is born on %s', async (text) => {
    const { search } = await createDesk();
    expect(await search(text)).toEqual([]);
  });

  test('more than were asked for is said, so that nobody takes the first few for all', async () => {
    const { register, patients, desk } = await createDesk();
    for (const givenName of ['Асан', 'Болат', 'Сәуле', 'Дана']) {
      await register({ familyName: 'Есенов', givenName, iin: null });
    }
    expect(await patients.searchPatients(desk, 'есенов', 3)).toMatchObject({ patients: { length: 3 }, hasMore: true });
    expect(await patients.searchPatients(desk, 'есенов', 4)).toMatchObject({ patients: { length: 4 }, hasMore: false });
  });

  test('never leaves the station, whatever is searched by; a coordinator sees all', async () => {
    const { world, search, patients } = await createDesk();
    const foreign = await patients.getPatient(world.otherFeldsher.actor, world.otherPatient);
    for (const text of ['', foreign.iin ?? '', 'Сейітов', foreign.birthDate]) {
      expect(await search(text), text).not.toContain(world.otherPatient);
      expect(await search(text, 20, world.otherFeldsher.actor), text).toContain(world.otherPatient);
      expect(await search(text, 20, world.coordinator.actor), text).toContain(world.otherPatient);
    }
  });

  test.each(['cardio', 'admin', 'analyst'] as const)('%s finds nobody', async (who) => {
    const { world, search } = await createDesk();
    expect(await search('', 20, world[who].actor)).toEqual([]);
  });

  test('without a text: those seen or registered last, newest first', async () => {
    const { world, register, search, clock, consultations } = await createDesk();
    const first = (await register()).patient.id;
    const second = (await register()).patient.id;
    expect(await search('')).toEqual([second, first, world.patient]);
    clock.advance({ seconds: 60 });
    await consultations.createConsultation(
      world.feldsher.actor,
      newConsultation({ specialty: world.cardiology, patientId: world.patient }),
    );
    expect(await search('')).toEqual([world.patient, second, first]);
    expect(await search('', 2)).toEqual([world.patient, second]);
  });
});

describe('registering', () => {
  test('stores what was typed at the caller’s station', async () => {
    const { world, desk, patients, raw } = await createDesk();
    const input = newPatient({ phone: '+7 701 111 22 33', allergies: 'Пенициллин' });
    const { patient, warnings } = await patients.registerPatient(desk, input);
    expect(patient).toEqual({
      ...input,
      stationId: world.station,
      isDemo: false,
      summary: summaryOfWords(input),
      summaryVersion: 0,
      summaryAt: null,
    });
    expect(warnings).toEqual([]);
    expect(raw.prepare('select registered_by, search_key from patient where id = ?').get(input.id)).toEqual({
      registered_by: desk.userId,
      search_key: 'жаксыбекова гулсим абдирахманкызы',
    });
  });

  test('an IIN with a wrong check digit is refused and nothing is stored', async () => {
    const { desk, patients, raw } = await createDesk();
    const iin = makeIin('1958-03-14', 'female');
    const wrong = `${iin.slice(0, 11)}${(Number(iin[11]) + 1) % 10}`;
    await expect(patients.registerPatient(desk, newPatient({ iin: wrong }))).rejects.toMatchObject({
      code: 'patient.iin_invalid',
      fields: [{ path: 'iin', code: 'check_digit' }],
    });
    expect(raw.prepare('select count(*) from patient where iin = ?').pluck().get(wrong)).toBe(0);
  });

  test('an IIN is registered once, at whichever station', async () => {
    const { world, desk, patients } = await createDesk();
    for (const [actor, id] of [
      [world.feldsher.actor, world.patient],
      [world.otherFeldsher.actor, world.otherPatient],
    ] as const) {
      const { iin } = await patients.getPatient(actor, id);
      await expect(patients.registerPatient(desk, newPatient({ iin }))).rejects.toMatchObject({
        code: 'patient.iin_taken',
        fields: [{ path: 'iin', code: 'taken' }],
      });
    }
  });

  test('two stations registering one IIN at once: one patient', async () => {
    const { world, patients, raw } = await createDesk();
    const iin = makeIin('1990-01-01', 'male');
    const outcomes = await Promise.allSettled(
      [world.feldsher, world.otherFeldsher, world.feldsher].map(({ actor }) =>
        patients.registerPatient(actor, newPatient({ iin, birthDate: date('1990-01-01'), sex: 'male' })),
      ),
    );
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(raw.prepare('select count(*) from patient where iin = ?').pluck().get(iin)).toBe(1);
  });

  test('many may have no IIN: newborns, foreigners', async () => {
    const { register } = await createDesk();
    await register({ iin: null });
    await expect(register({ iin: null })).resolves.toMatchObject({ warnings: [] });
  });

  test('sent again after a cut: one patient, the same answer, one audit row', async () => {
    const { desk, patients, raw } = await createDesk();
    const input = newPatient();
    const answers = await Promise.all([1, 2, 3].map(() => patients.registerPatient(desk, input)));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    const audited = raw.prepare("select count(*) from audit_event where action = 'patient.register'").pluck().get();
    expect(audited).toBe(1);
  });

  test.each([
    ['another name', { familyName: 'Басқа' }],
    ['another phone', { phone: '+7 777' }],
    ['another IIN', { iin: null }],
    ['other allergies', { allergies: '' }],
  ])('the same id with %s is refused, and what is stored stays', async (_what, change) => {
    const { desk, patients } = await createDesk();
    const input = newPatient();
    await patients.registerPatient(desk, input);
    await expect(patients.registerPatient(desk, { ...input, ...change })).rejects.toThrow('idempotency.key_reused');
    expect(await patients.getPatient(desk, input.id)).toMatchObject(input);
  });

  test('the id of another station’s patient is refused and tells nothing', async () => {
    const { world, desk, patients } = await createDesk();
    const theirs = await patients.getPatient(world.otherFeldsher.actor, world.otherPatient);
    const { stationId: _station, isDemo: _demo, summary: _s, summaryVersion: _v, summaryAt: _a, ...input } = theirs;
    await expect(patients.registerPatient(desk, input)).rejects.toMatchObject({
      code: 'idempotency.key_reused',
      fields: undefined,
    });
  });

  test.each([
    [{ birthDate: date('1958-03-15') }, ['iin_birth_date_differs']],
    [{ sex: 'male' }, ['iin_sex_differs']],
    [{ sex: 'male', birthDate: date('2001-01-01') }, ['iin_birth_date_differs', 'iin_sex_differs']],
  ] as const)('%j beside another IIN is a warning, never a refusal', async (change, warnings) => {
    const { register } = await createDesk();
    const iin = makeIin('1958-03-14', 'female');
    expect(await register({ iin, ...change })).toMatchObject({ patient: { iin, ...change }, warnings });
  });

  test('nobody is born tomorrow; today may have begun here and not in Greenwich', async () => {
    const { register, clock } = await createDesk();
    while (clock.now().getUTCHours() !== 20) clock.advance({ seconds: 3600 });
    const inGreenwich = clock.instant().slice(0, 10);
    const here = new Date(clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
    const tomorrow = new Date(clock.now().getTime() + 2 * 86_400_000).toISOString().slice(0, 10);
    await expect(register({ iin: null, birthDate: date(inGreenwich) })).resolves.toBeDefined();
    await expect(register({ iin: null, birthDate: date(here) })).resolves.toBeDefined();
    await expect(register({ iin: null, birthDate: date(tomorrow) })).rejects.toMatchObject({
      code: 'request.invalid',
      fields: [{ path: 'birthDate', code: 'in_the_future' }],
    });
  });

  test('somebody without a station cannot register', async () => {
    const { world, patients } = await createDesk();
    await expect(patients.registerPatient(world.coordinator.actor, newPatient())).rejects.toThrow('station.not_found');
  });
});

describe('reading one', () => {
  test('own station and coordinator: yes, and the reading is audited', async () => {
    const { world, patients, raw } = await createDesk();
    for (const { actor } of [world.feldsher, world.coordinator]) {
      expect((await patients.getPatient(actor, world.patient)).id).toBe(world.patient);
      const last = raw.prepare('select action, actor_id, entity_id from audit_event order by seq desc limit 1').get();
      expect(last).toEqual({ action: 'patient.read', actor_id: actor.userId, entity_id: world.patient });
    }
  });

  test('a foreign patient is as missing as one that is not there, and leaves no trace', async () => {
    const { world, patients, raw } = await createDesk();
    const missing = '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as PatientId;
    for (const who of ['feldsher', 'cardio', 'neuro', 'admin', 'analyst'] as const) {
      const { actor } = world[who];
      const foreign = await patients.getPatient(actor, world.otherPatient).catch((error: unknown) => error);
      const absent = await patients.getPatient(actor, missing).catch((error: unknown) => error);
      expect(foreign, who).toMatchObject({ code: 'patient.not_found' });
      expect(Object.entries(foreign as Error), who).toEqual(Object.entries(absent as Error));
    }
    expect(raw.prepare('select count(*) from audit_event').pluck().get()).toBe(0);
  });

  test('a specialist reads the patients of the requests they answered, also afterwards', async () => {
    const { world, patients, consultations, calling } = await createDesk();
    const { cardio, cardioTwin, feldsher } = world;
    const request = newConsultation({ specialty: world.cardiology, patientId: world.patient });
    await consultations.createConsultation(feldsher.actor, request);
    await expect(patients.getPatient(cardio.actor, world.patient)).rejects.toThrow('patient.not_found');
    await calling.answer(cardio.actor, request.id);
    expect(await patients.getPatient(cardio.actor, world.patient)).toBeDefined();
    await calling.endCall(cardio.actor, request.id);
    expect(await patients.getPatient(cardio.actor, world.patient)).toBeDefined();
    await expect(patients.getPatient(cardioTwin.actor, world.patient)).rejects.toThrow('patient.not_found');
  });

  test('a feldsher who moved sees the new station’s patients and no longer the old one’s', async () => {
    const { world, patients, store } = await createDesk();
    const moved = await createUser(store, { role: 'feldsher', stationId: world.otherStation });
    const there = await createPatient(store, world.otherStation);
    expect(await patients.getPatient(moved.actor, there)).toBeDefined();
    await expect(patients.getPatient(moved.actor, world.patient)).rejects.toThrow('patient.not_found');
  });
});
