import { CONSULTATION_STATES, FINAL_STATES, isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { CompositionId, ObservationSetId, PatientId, RequestId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { describe, expect, test } from 'vitest';
import { RING_SECONDS } from '../../../test/build-services.ts';
import { createConsultDesk } from '../../../test/consult-desk.ts';
import { createPatient, newConsultation } from '../../../test/factories.ts';
import { readToPatient } from '../../../test/read-to-patient.ts';
import { newId } from '../../kernel/ids.ts';

const MISSING = '019aa6b0-9c1e-7d3a-8f00-0123456789ab';

describe('making a request', () => {
  test('stores what was typed, numbered within the year', async () => {
    const { world, consultations, feldsher, clock } = await createConsultDesk();
    const input = newConsultation({ specialty: world.cardiology, patientId: world.patient, urgency: 'urgent' });
    const view = await consultations.createConsultation(feldsher, input);
    expect(view).toMatchObject({
      id: input.id,
      number: '2026-000001',
      status: 'ringing',
      urgency: 'urgent',
      reason: input.reason,
      patient: { id: world.patient, familyName: 'Жақсыбекова' },
      station: { id: world.station, settlement: { kk: 'Құлан' } },
      requestedBy: { userId: feldsher.userId, displayName: 'Оспанова Айгерім' },
      specialist: null,
      observations: [{ takenAt: clock.instant(), takenBy: 'Оспанова Айгерім', vitals: input.vitals }],
      conclusion: null,
    });
    const next = await consultations.createConsultation(feldsher, newConsultation({ specialty: world.cardiology }));
    expect(next.number).toBe('2026-000002');
  });

  test('the year of the number is Kazakhstan’s', async () => {
    const { world, consultations, feldsher, clock } = await createConsultDesk();
    while (!clock.instant().startsWith('2026-12-31T20')) clock.advance({ seconds: 3600 });
    const view = await consultations.createConsultation(feldsher, newConsultation({ specialty: world.neurology }));
    expect(view.number).toBe('2027-000001');
  });

  test('a hundred at once have a hundred numbers without a gap', async () => {
    const { world, consultations, feldsher, raw } = await createConsultDesk();
    await Promise.all(
      Array.from({ length: 100 }, () =>
        consultations.createConsultation(feldsher, newConsultation({ specialty: world.neurology })),
      ),
    );
    const numbers = raw.prepare('select number from service_request order by number').pluck().all();
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, i) => `2026-${String(i + 1).padStart(6, '0')}`));
  });

  test('a refused one takes no number', async () => {
    const { world, consultations, feldsher } = await createConsultDesk();
    const foreign = newConsultation({ specialty: world.cardiology, patientId: world.otherPatient });
    await expect(consultations.createConsultation(feldsher, foreign)).rejects.toThrow('patient.not_found');
    const view = await consultations.createConsultation(feldsher, newConsultation({ specialty: world.cardiology }));
    expect(view.number).toBe('2026-000001');
  });

  test('without vital signs there is no empty set of them', async () => {
    const { world, consultations, feldsher } = await createConsultDesk();
    const input = newConsultation({ specialty: world.cardiology, vitals: {} });
    expect((await consultations.createConsultation(feldsher, input)).observations).toEqual([]);
  });

  test('sent three times at once: one request, one ring, one answer', async () => {
    const { world, consultations, feldsher, raw, ringingAt, takePublished } = await createConsultDesk();
    const input = newConsultation({ specialty: world.cardiology, patientId: world.patient });
    const views = await Promise.all([1, 2, 3].map(() => consultations.createConsultation(feldsher, input)));
    expect(views[1]).toEqual(views[0]);
    expect(views[2]).toEqual(views[0]);
    expect(ringingAt(input.id)).toHaveLength(2);
    expect(raw.prepare('select count(*) from service_request').pluck().get()).toBe(1);
    expect(raw.prepare('select count(*) from observation_set').pluck().get()).toBe(1);
    expect((await takePublished()).filter(([name]) => name === 'ring:started')).toHaveLength(1);
  });

  test('sent again after it was answered: how it stands now', async () => {
    const { world, consultations, calling, feldsher, cardio } = await createConsultDesk();
    const input = newConsultation({ specialty: world.cardiology, patientId: world.patient });
    await consultations.createConsultation(feldsher, input);
    await calling.answer(cardio, input.id);
    expect((await consultations.createConsultation(feldsher, input)).status).toBe('in_call');
  });

  test('sent again after measurements were added and, in an emergency, the patient was named', async () => {
    const { world, consultations, feldsher, clock } = await createConsultDesk();
    const input = newConsultation({ specialty: world.cardiology });
    await consultations.createConsultation(feldsher, input);
    clock.advance({ seconds: 1 });
    await consultations.setPatient(feldsher, input.id, world.patient);
    await consultations.addObservations(feldsher, input.id, { spo2: 90 });
    await expect(consultations.createConsultation(feldsher, input)).resolves.toMatchObject({ id: input.id });
  });

  test.each([
    ['another reason', { reason: 'Басқа' }],
    ['another urgency', { urgency: 'asap' }],
    ['another specialty', { specialty: 'neurology' as SpecialtyCode }],
    ['other vital signs', { vitals: { systolic: 120 } }],
    ['no vital signs', { vitals: {} }],
    ['another patient', { patientId: 'second' as PatientId }],
  ] as const)('the same id with %s is refused, and nothing of it is kept', async (_what, change) => {
    const { world, store, consultations, feldsher, raw } = await createConsultDesk();
    const second = await createPatient(store, world.station);
    const input = newConsultation({ specialty: world.cardiology, patientId: world.patient, urgency: 'stat' });
    const stored = await consultations.createConsultation(feldsher, input);
    const other = { ...input, ...change, ...('patientId' in change && { patientId: second }) };
    await expect(consultations.createConsultation(feldsher, other)).rejects.toThrow('idempotency.key_reused');
    expect(await consultations.getConsultation(feldsher, input.id)).toEqual(stored);
    expect(raw.prepare('select count(*) from observation_set').pluck().get()).toBe(1);
  });

  test('the same id from somebody else is refused and shows nothing', async () => {
    const { world, consultations, feldsher, otherFeldsher } = await createConsultDesk();
    const input = newConsultation({ specialty: world.cardiology });
    await consultations.createConsultation(feldsher, input);
    await expect(consultations.createConsultation(otherFeldsher, input)).rejects.toMatchObject({
      code: 'idempotency.key_reused',
      fields: undefined,
    });
  });

  test('only an emergency goes without a patient', async () => {
    const { world, consultations, feldsher, raw } = await createConsultDesk();
    for (const urgency of ['routine', 'urgent', 'asap'] as const) {
      const input = newConsultation({ specialty: world.cardiology, urgency, patientId: null });
      await expect(async () => consultations.createConsultation(feldsher, input)).rejects.toMatchObject({
        code: 'request.invalid',
        fields: [{ path: 'patientId', code: 'required' }],
      });
    }
    // And the database holds the same line.
    const view = await consultations.createConsultation(feldsher, newConsultation({ specialty: world.cardiology }));
    const lower = raw.prepare("update service_request set urgency = 'asap' where id = ?");
    expect(() => lower.run(view.id)).toThrow('CHECK constraint failed: service_request_patient');
  });

  test('an unknown specialty, a missing and a foreign patient', async () => {
    const { world, consultations, feldsher } = await createConsultDesk();
    const create = (change: object) =>
      consultations.createConsultation(feldsher, newConsultation({ specialty: world.cardiology, ...change }));
    await expect(create({ specialty: 'astrology' })).rejects.toThrow('specialty.not_found');
    await expect(create({ patientId: MISSING })).rejects.toThrow('patient.not_found');
    await expect(create({ patientId: world.otherPatient })).rejects.toThrow('patient.not_found');
  });
});

describe('an emergency gets its patient later', () => {
  test('once; the same again is harmless, another is refused', async () => {
    const { world, store, consultations, feldsher } = await createConsultDesk();
    const second = await createPatient(store, world.station);
    const input = newConsultation({ specialty: world.cardiology });
    await consultations.createConsultation(feldsher, input);
    const named = await consultations.setPatient(feldsher, input.id, world.patient);
    expect(named).toMatchObject({ patient: { id: world.patient }, version: 3 });
    expect(await consultations.setPatient(feldsher, input.id, world.patient)).toEqual(named);
    await expect(consultations.setPatient(feldsher, input.id, second)).rejects.toThrow('consultation.state_conflict');
  });

  test('never one of another station, nor by another station', async () => {
    const { world, consultations, feldsher, otherFeldsher, cardio } = await createConsultDesk();
    const input = newConsultation({ specialty: world.cardiology });
    await consultations.createConsultation(feldsher, input);
    await expect(consultations.setPatient(feldsher, input.id, world.otherPatient)).rejects.toThrow('patient.not_found');
    for (const actor of [otherFeldsher, cardio]) {
      await expect(consultations.setPatient(actor, input.id, world.otherPatient)).rejects.toThrow(
        'consultation.not_found',
      );
    }
  });
});

describe('adding measurements', () => {
  test('the station while it rings and in the call, the specialist in the call; in the order they were taken', async () => {
    const desk = await createConsultDesk();
    const { consultations, clock } = desk;
    const id = await desk.call();
    clock.advance({ seconds: 10 });
    await consultations.addObservations(desk.feldsher, id, { systolic: 150 });
    await desk.calling.answer(desk.cardio, id);
    clock.advance({ seconds: 10 });
    const view = await consultations.addObservations(desk.cardio, id, { heartRate: 88 });
    expect(view.observations.map(({ takenBy, vitals }) => [takenBy, Object.keys(vitals)[0]])).toEqual([
      ['Оспанова Айгерім', 'systolic'],
      ['Оспанова Айгерім', 'systolic'],
      ['Ахметов Ерлан', 'heartRate'],
    ]);
    expect(view.version).toBe(5);
  });

  test('sent again after a cut, also when the request has moved on: one set, one audit row, one notice', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    const set = newId<ObservationSetId>();
    const before = desk.audited(id).length;
    const first = await desk.consultations.addObservations(desk.feldsher, id, { spo2: 90, systolic: 120 }, set);
    await desk.takePublished();
    const again = await desk.consultations.addObservations(desk.feldsher, id, { systolic: 120, spo2: 90 }, set);
    expect(again).toEqual(first);
    expect(desk.audited(id).length).toBe(before + 1);
    expect(await desk.takePublished()).toEqual([]);
    await desk.consultations.cancel(desk.feldsher, id, 'Тест');
    const late = await desk.consultations.addObservations(desk.feldsher, id, { spo2: 90, systolic: 120 }, set);
    expect(late.observations).toEqual(first.observations);
  });

  test.each([
    ['other values', 'feldsher', { spo2: 91 }],
    ['another person', 'cardio', { spo2: 90 }],
  ] as const)('the same id with %s is refused', async (_what, who, vitals) => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    const set = newId<ObservationSetId>();
    await desk.consultations.addObservations(desk.feldsher, id, { spo2: 90 }, set);
    await expect(desk.consultations.addObservations(desk[who], id, vitals, set)).rejects.toThrow(
      'idempotency.key_reused',
    );
  });

  test('nothing measured is nothing added', async () => {
    const desk = await createConsultDesk();
    const id = await desk.call();
    await expect(async () => desk.consultations.addObservations(desk.feldsher, id, {})).rejects.toMatchObject({
      code: 'request.invalid',
      fields: [{ path: 'vitals', code: 'required' }],
    });
  });

  test.each(['signed', 'cancelled'])('too late when it is %s', async (state) => {
    const desk = await createConsultDesk();
    const id = state === 'signed' ? await desk.signedRequest() : await desk.call();
    if (state === 'cancelled') await desk.consultations.cancel(desk.feldsher, id, 'Тест');
    await expect(desk.consultations.addObservations(desk.feldsher, id, { spo2: 90 })).rejects.toThrow(
      'consultation.state_conflict',
    );
  });
});

describe('cancelling', () => {
  test('stops the ring everywhere and says why; again is harmless', async () => {
    const desk = await createConsultDesk();
    const { consultations, takePublished, ringingAt, outcomes, raw } = desk;
    const id = await desk.call();
    await takePublished();
    const view = await consultations.cancel(desk.feldsher, id, 'Қате басылды');
    expect(view).toMatchObject({ status: 'cancelled', ring: null, endedAt: desk.clock.instant() });
    expect(ringingAt(id)).toEqual([]);
    expect(new Set(Object.values(outcomes(id)))).toEqual(new Set(['cancelled']));
    expect(raw.prepare('select cancel_reason, ring_deadline from service_request').get()).toEqual({
      cancel_reason: 'Қате басылды',
      ring_deadline: null,
    });
    expect(await takePublished()).toEqual([
      [
        'ring:stopped',
        {
          requestId: id,
          userIds: expect.arrayContaining([desk.cardio.userId, desk.cardioTwin.userId]),
          why: 'cancelled',
        },
      ],
      ['consultation:changed', expect.objectContaining({ status: 'cancelled' })],
    ]);
    expect(await consultations.cancel(desk.feldsher, id, 'Басқа себеп')).toEqual(view);
    desk.clock.advance({ seconds: RING_SECONDS });
    await desk.calling.escalateDue();
    expect(desk.statusOf(id)).toBe('cancelled');
  });

  test('the coordinator may, other stations and specialists may not', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    for (const actor of [desk.otherFeldsher, desk.cardio, desk.neuro]) {
      await expect(desk.consultations.cancel(actor, id, 'x')).rejects.toThrow('consultation.not_found');
    }
    expect(await desk.consultations.cancel(desk.coordinator, id, 'Байланыс жоқ')).toMatchObject({
      status: 'cancelled',
    });
  });

  test('what is signed cannot be cancelled', async () => {
    const desk = await createConsultDesk();
    const id = await desk.signedRequest();
    await expect(desk.consultations.cancel(desk.feldsher, id, 'x')).rejects.toThrow('consultation.state_conflict');
    expect(desk.statusOf(id)).toBe('signed');
  });
});

describe('the signed conclusion comes to the station', () => {
  test('delivered when opened, closed when read to the patient, each once', async () => {
    const desk = await createConsultDesk();
    const { consultations } = desk;
    const id = await desk.signedRequest();
    const delivered = await consultations.receive(desk.feldsher, id);
    expect(delivered.status).toBe('delivered');
    expect(await consultations.receive(desk.feldsher, id)).toEqual(delivered);
    const closed = await readToPatient(desk, desk.feldsher, id);
    expect(closed.status).toBe('closed');
    expect(await readToPatient(desk, desk.feldsher, id)).toEqual(closed);
    expect(desk.audited(id).slice(-3)).toEqual(
      ['deliver', 'acknowledge', 'close'].map((event) => ({
        action: `consultation.${event}`,
        actorId: desk.feldsher.userId,
      })),
    );
  });

  test('read at once: delivered on the way', async () => {
    const desk = await createConsultDesk();
    const id = await desk.signedRequest();
    expect((await readToPatient(desk, desk.feldsher, id)).status).toBe('closed');
    expect(desk.audited(id).map(({ action }) => action)).toContain('consultation.deliver');
  });

  test('not before it is signed, and not at another station', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    const read = { compositionId: newId<CompositionId>(), answers: [], tasks: [] };
    await expect(desk.carePlans.acknowledge(desk.feldsher, id, read)).rejects.toThrow('conclusion.not_found');
    expect((await desk.consultations.receive(desk.feldsher, id)).status).toBe('in_call');
    for (const actor of [desk.otherFeldsher, desk.cardio, desk.coordinator]) {
      await expect(desk.consultations.receive(actor, id)).rejects.toThrow('consultation.not_found');
      await expect(desk.carePlans.acknowledge(actor, id, read)).rejects.toThrow('consultation.not_found');
    }
  });
});

describe('lists', () => {
  test('a station has its own, a coordinator all, a specialist what rings, waits or is theirs', async () => {
    const desk = await createConsultDesk();
    const { world, consultations } = desk;
    // Before the other is answered: who is in a call is not rung.
    const ringing = await desk.call();
    const mine = await desk.callAndAnswer();
    const waiting = await desk.call({ specialty: world.neurology });
    const theirs = newConsultation({ specialty: world.neurology });
    await consultations.createConsultation(desk.otherFeldsher, theirs);
    const list = async (actor: typeof desk.cardio) =>
      (await consultations.listConsultations(actor, { view: 'open', limit: 50 })).consultations
        .map(({ id }) => id)
        .sort();
    expect(await list(desk.feldsher)).toEqual([mine, ringing, waiting].sort());
    expect(await list(desk.otherFeldsher)).toEqual([theirs.id]);
    expect(await list(desk.coordinator)).toEqual([mine, ringing, waiting, theirs.id].sort());
    expect(await list(desk.cardio)).toEqual([mine, ringing].sort());
    expect(await list(desk.cardioTwin)).toEqual([ringing]);
    expect(await list(desk.cardioBackup)).toEqual([]);
    expect(await list(desk.neuro)).toEqual([waiting, theirs.id].sort());
    expect(await list(world.admin.actor)).toEqual([]);
    expect(await list(world.analyst.actor)).toEqual([]);
  });

  test('the worklist has the most urgent first, then who waits longest; recent the newest', async () => {
    const desk = await createConsultDesk();
    const { world, consultations, clock } = desk;
    const ids: Record<string, RequestId> = {};
    for (const [name, urgency] of [
      ['routine', 'routine'],
      ['old asap', 'asap'],
      ['stat', 'stat'],
      ['new asap', 'asap'],
      ['urgent', 'urgent'],
    ] as const) {
      clock.advance({ seconds: 60 });
      ids[name] = await desk.call({ specialty: world.neurology, urgency });
    }
    const order = async (view: 'open' | 'recent') => {
      const list = await consultations.listConsultations(desk.neuro, { view, limit: 50 });
      return list.consultations.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id));
    };
    expect(await order('open')).toEqual(['stat', 'old asap', 'new asap', 'urgent', 'routine']);
    expect(await order('recent')).toEqual(['urgent', 'new asap', 'stat', 'old asap', 'routine']);
  });

  test('what is to be sorted is found, however much else is open', async () => {
    const desk = await createConsultDesk();
    const { world, consultations } = desk;
    const { vitals, ...request } = newConsultation({ specialty: world.cardiology });
    const input = { ...request, vitals, urgency: 'routine', patientId: world.patient, isWritten: true } as const;
    await consultations.createPlanned(desk.feldsher, input);
    // More urgent, and nobody's to sort.
    for (let count = 0; count < 5; count += 1) await desk.call({ urgency: 'urgent' });
    const ids = async (view: 'open' | 'to_sort') =>
      (await consultations.listConsultations(desk.coordinator, { view, limit: 3 })).consultations.map(({ id }) => id);
    expect(await ids('open')).not.toContain(request.id);
    expect(await ids('to_sort')).toEqual([request.id]);
  });

  test.each(['open', 'recent'] as const)('%s page by page: nobody is left out and nobody comes twice', async (view) => {
    const desk = await createConsultDesk();
    const { consultations, clock, world } = desk;
    // Several of one moment, as after a cut link: the moment alone is no place to go on from.
    for (const urgency of ['routine', 'asap', 'asap', 'urgent', 'stat', 'asap', 'routine', 'urgent'] as const) {
      if (urgency === 'urgent') clock.advance({ seconds: 60 });
      await desk.call({ specialty: world.neurology, urgency });
    }
    for (const actor of [desk.coordinator, desk.feldsher, desk.neuro]) {
      const whole = await consultations.listConsultations(actor, { view, limit: 50 });
      expect(whole).toMatchObject({ next: null, total: 8 });
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await consultations.listConsultations(actor, { view, limit: 3, after });
        expect(page.total).toBe(view === 'open' ? 8 : null);
        seen.push(...page.consultations.map(({ id }) => id));
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(seen).toEqual(whole.consultations.map(({ id }) => id));
    }
    // What left the list while somebody read on takes nobody with it.
    const first = await consultations.listConsultations(desk.coordinator, { view, limit: 3 });
    const rest = (await consultations.listConsultations(desk.coordinator, { view, limit: 50 })).consultations.slice(3);
    for (const { id } of first.consultations) await consultations.cancel(desk.coordinator, id, 'Тест');
    const next = { view, limit: 50, after: first.next ?? undefined };
    const second = await consultations.listConsultations(desk.coordinator, next);
    expect(second.consultations.map(({ id }) => id)).toEqual(rest.map(({ id }) => id));
  });

  test.each(CONSULTATION_STATES)('%s: where it is listed', async (status) => {
    const desk = await createConsultDesk();
    const id = await desk.call();
    desk.raw
      .prepare('update service_request set status = ?, practitioner_id = ? where id = ?')
      .run(status, desk.world.cardio.practitionerId, id);
    const isOver = ['signed', 'delivered', 'amended', 'acknowledged', 'follow_up_open'].includes(status);
    const views = {
      open: !isOver && !isIn(status, FINAL_STATES),
      to_sort: isIn(status, ['in_triage', 'redirected', 'info_requested']),
      recent: true,
    };
    for (const [view, isListed] of [
      ...Object.entries(views),
      ['unread', ['signed', 'delivered', 'amended'].includes(status)],
    ] as [keyof typeof views, boolean][]) {
      const { consultations: list } = await desk.consultations.listConsultations(desk.feldsher, { view, limit: 50 });
      expect(list.length, view).toBe(isListed ? 1 : 0);
    }
  });

  test('of one patient, and never of a foreign one', async () => {
    const desk = await createConsultDesk();
    const { world, consultations } = desk;
    const id = await desk.call();
    await desk.call({ patientId: null, urgency: 'stat' });
    const list = async (actor: typeof desk.cardio, patientId: PatientId) =>
      (await consultations.listConsultations(actor, { view: 'recent', limit: 50, patientId })).consultations;
    expect((await list(desk.feldsher, world.patient)).map((view) => view.id)).toEqual([id]);
    expect(await list(desk.otherFeldsher, world.patient)).toEqual([]);
    expect(await list(desk.feldsher, MISSING as PatientId)).toEqual([]);
  });
});

describe('reading one', () => {
  test('is audited, and the timeline tells the steps without the readings and without clinical text', async () => {
    const desk = await createConsultDesk();
    const id = await desk.signedRequest();
    await desk.consultations.getConsultation(desk.coordinator, id);
    expect(desk.audited(id).at(-1)).toEqual({ action: 'consultation.read', actorId: desk.coordinator.userId });
    const timeline = await desk.consultations.listTimeline(desk.feldsher, id);
    expect(timeline.map(({ action, actorName, toStatus }) => [action, actorName, toStatus])).toEqual([
      ['consultation.create', 'Оспанова Айгерім', null],
      ['consultation.call_now', 'Оспанова Айгерім', 'ringing'],
      ['consultation.answer', 'Ахметов Ерлан', 'in_call'],
      ['consultation.end_call', 'Ахметов Ерлан', 'conclusion_draft'],
      ['consultation.present_for_signature', 'Ахметов Ерлан', 'awaiting_signature'],
      ['consultation.sign', 'Ахметов Ерлан', 'signed'],
    ]);
    expect(JSON.stringify(timeline)).not.toMatch(/Кеудесі|стенокардия|Жақсыбекова/);
  });

  test('a phone that rings shows enough to decide, and nothing when it rings no more', async () => {
    const desk = await createConsultDesk();
    const id = await desk.call();
    expect(await desk.consultations.getRingNotice(id)).toEqual({
      requestId: id,
      urgency: 'stat',
      specialty: 'cardiology',
      stationName: { kk: 'Құлан ФАП', ru: 'Құлан ФАП', en: 'Құлан ФАП' },
      reason: 'Кеудесі қысып ауырады, екі сағат',
      startedAt: desk.clock.instant(),
    });
    await desk.calling.answer(desk.cardio, id);
    expect(await desk.consultations.getRingNotice(id)).toBeUndefined();
  });

  test('who is reachable shows in the ring', async () => {
    const desk = await createConsultDesk();
    desk.online.add(desk.cardioTwin.userId);
    const id = await desk.call();
    const { ring } = await desk.consultations.getConsultation(desk.feldsher, id);
    expect(ring?.practitioners.map(({ displayName, isReachable }) => [displayName, isReachable])).toEqual([
      ['Ахметов Ерлан', false],
      ['Байжанова Сәуле', true],
    ]);
  });
});
