import { BUILT_IN_LIMITS } from '@jaqyn/shared/consultations/waiting-limit.contract';
import type { InformationRequestId, LadderId, RequestId, WaitingLimitId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, test } from 'vitest';
import { createTestServices, RING_SECONDS } from '../../../test/build-services.ts';
import { CONCLUSION, type ConsultDesk, createConsultDesk } from '../../../test/consult-desk.ts';
import { newConsultation, PASSWORD } from '../../../test/factories.ts';
import { openDatabase } from '../../db/open-database.ts';
import { newId } from '../../kernel/ids.ts';

const MINUTE = 60;

/** A request that is to be sorted: for a time, or for an answer in writing. */
async function planned(desk: ConsultDesk, isWritten = false): Promise<RequestId> {
  const { vitals, ...request } = newConsultation({ specialty: desk.world.cardiology, urgency: 'urgent' });
  const input = { ...request, vitals, urgency: 'urgent', patientId: desk.world.patient, isWritten } as const;
  await desk.consultations.createPlanned(desk.feldsher, input);
  return request.id;
}

async function written(desk: ConsultDesk): Promise<RequestId> {
  const id = await planned(desk, true);
  await desk.triage.accept(desk.cardio, id, {
    baseVersion: await versionOf(desk, id),
    how: 'written',
    practitionerId: null,
  });
  return id;
}

const versionOf = async (desk: ConsultDesk, id: RequestId) =>
  (await desk.consultations.getConsultation(desk.coordinator, id)).version;
const newQuestion = () => newId<InformationRequestId>();

describe('sorting', () => {
  test('a request for an answer in writing rings nowhere and is taken by a specialist of the specialty', async () => {
    const desk = await createConsultDesk();
    const id = await planned(desk, true);
    expect([desk.statusOf(id), desk.ringingAt(id)]).toEqual(['in_triage', []]);
    const choice = { baseVersion: await versionOf(desk, id), how: 'written', practitionerId: null } as const;
    await expect(desk.triage.accept(desk.neuro, id, choice)).rejects.toThrow('consultation.not_found');
    const view = await desk.triage.accept(desk.cardio, id, choice);
    expect(view).toMatchObject({
      status: 'async_assigned',
      isWritten: true,
      specialist: { id: desk.world.cardio.practitionerId },
      waiting: { phase: 'written', since: desk.clock.instant() },
    });
  });

  test('two at once: one wins, the other is told to look again and sees who did what', async () => {
    const desk = await createConsultDesk();
    for (let round = 0; round < 4; round += 1) {
      const id = await planned(desk, true);
      const baseVersion = await versionOf(desk, id);
      const outcomes = await Promise.allSettled([
        desk.triage.accept(desk.cardio, id, { baseVersion, how: 'written', practitionerId: null }),
        desk.triage.decline(desk.coordinator, id, { baseVersion, reason: 'duplicate', note: '' }),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(outcomes[1]).toMatchObject({ reason: { code: 'consultation.version_conflict' } });
      const seen = await desk.consultations.getConsultation(desk.coordinator, id);
      expect(seen.decision).toMatchObject({ kind: 'accept', by: 'Ахметов Ерлан', reason: 'written' });
    }
  });

  test('sent twice it is decided once, and the same is answered', async () => {
    const desk = await createConsultDesk();
    const id = await planned(desk);
    const choice = { baseVersion: await versionOf(desk, id), reason: 'duplicate', note: 'Басқасы бар' } as const;
    const once = await desk.triage.decline(desk.coordinator, id, choice);
    expect(await desk.triage.decline(desk.coordinator, id, choice)).toEqual(once);
    expect(desk.audited(id).filter(({ action }) => action === 'consultation.decline')).toHaveLength(1);
    expect(once.decision).toMatchObject({ kind: 'decline', reason: 'duplicate', note: 'Басқасы бар' });
  });

  test('accepted for a call now: first whoever was chosen, then the ladder', async () => {
    const desk = await createConsultDesk();
    const id = await planned(desk);
    const practitionerId = desk.world.cardioBackup.practitionerId;
    const choice = { baseVersion: await versionOf(desk, id), how: 'now', practitionerId } as const;
    await desk.triage.accept(desk.coordinator, id, choice);
    expect([desk.statusOf(id), desk.ringingAt(id)]).toEqual(['ringing', [practitionerId]]);
    desk.clock.advance({ seconds: RING_SECONDS });
    await desk.calling.escalateDue();
    expect(desk.ringingAt(id)).toEqual([desk.world.cardio.practitionerId, desk.world.cardioTwin.practitionerId].sort());
    const { rungs } = await desk.consultations.getConsultation(desk.feldsher, id);
    expect(rungs.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['chosen', 'timed_out'],
      ['on_call', 'ringing'],
      ['backup', null],
      ['phone', null],
    ]);
  });

  test('redirected it is the other specialty’s, and whoever decides there takes it over', async () => {
    const desk = await createConsultDesk();
    const id = await planned(desk);
    const to = { specialty: desk.world.neurology, region: null, reason: 'wrong_specialty', note: '' } as const;
    const same = { ...to, specialty: desk.world.cardiology, baseVersion: await versionOf(desk, id) };
    await expect(desk.triage.redirect(desk.coordinator, id, same)).rejects.toThrow('request.invalid');
    await desk.triage.redirect(desk.coordinator, id, { ...to, baseVersion: await versionOf(desk, id) });
    expect(desk.statusOf(id)).toBe('redirected');
    const choice = { baseVersion: await versionOf(desk, id), how: 'booked', practitionerId: null } as const;
    const accepted = await desk.triage.accept(desk.coordinator, id, choice);
    expect(accepted).toMatchObject({ status: 'accepted', specialty: 'neurology', isPlanned: true });
  });
});

describe('taking a decision back', () => {
  test.each(['decline', 'ask', 'redirect', 'accept'] as const)(
    '%s, within ten seconds everything is as it was',
    async (kind) => {
      const desk = await createConsultDesk();
      const id = await planned(desk);
      const before = await desk.consultations.getConsultation(desk.coordinator, id);
      const baseVersion = before.version;
      const to = { specialty: desk.world.neurology, region: null, reason: 'other', note: 'x' } as const;
      await {
        decline: () => desk.triage.decline(desk.coordinator, id, { baseVersion, reason: 'other', note: 'x' }),
        ask: () => desk.triage.ask(desk.coordinator, id, { baseVersion, id: newQuestion(), question: 'ЭКГ?' }),
        redirect: () => desk.triage.redirect(desk.coordinator, id, { baseVersion, ...to }),
        accept: () => desk.triage.accept(desk.coordinator, id, { baseVersion, how: 'booked', practitionerId: null }),
      }[kind]();
      desk.clock.advance({ seconds: 10 });
      const undone = await desk.triage.undo(desk.coordinator, id);
      const { version: _v, statusChangedAt: _s, waiting, ...rest } = undone;
      expect(rest).toMatchObject({
        ...restOf(before),
        status: 'in_triage',
        decision: null,
        questions: [],
        endedAt: null,
      });
      // What was asked by mistake is nobody's wait.
      expect(waiting?.phase).toBe('answer');
    },
  );

  test('too late, after something happened, or by somebody else it stands', async () => {
    const desk = await createConsultDesk();
    const late = await planned(desk);
    const decline = async (id: RequestId) =>
      desk.triage.decline(desk.coordinator, id, {
        baseVersion: await versionOf(desk, id),
        reason: 'duplicate',
        note: '',
      });
    await decline(late);
    await expect(desk.triage.undo(desk.cardio, late)).rejects.toThrow('consultation.not_found');
    desk.clock.advance({ seconds: 10.001 });
    await expect(desk.triage.undo(desk.coordinator, late)).rejects.toThrow('undo.expired');
    const moved = await planned(desk);
    const question = newQuestion();
    const baseVersion = await versionOf(desk, moved);
    await desk.triage.ask(desk.coordinator, moved, { baseVersion, id: question, question: 'ЭКГ?' });
    await desk.triage.answer(desk.feldsher, moved, question, { answer: 'Бар', vitals: {} });
    await expect(desk.triage.undo(desk.coordinator, moved)).rejects.toThrow('undo.superseded');
    expect([desk.statusOf(late), desk.statusOf(moved)]).toEqual(['declined', 'in_triage']);
  });
});

describe('asking the station', () => {
  test('the clock stands until it has answered, in triage and in writing, and the request is back where it was', async () => {
    const desk = await createConsultDesk();
    for (const [make, phase, status] of [
      [planned, 'answer', 'in_triage'],
      [written, 'written', 'async_assigned'],
    ] as const) {
      const id = await make(desk);
      const asker = status === 'in_triage' ? desk.coordinator : desk.cardio;
      const before = await desk.consultations.getConsultation(asker, id);
      desk.clock.advance({ seconds: 3 * MINUTE });
      const question = newQuestion();
      const asked = await desk.triage.ask(asker, id, { baseVersion: before.version, id: question, question: 'ЭКГ?' });
      expect(asked).toMatchObject({
        status: 'info_requested',
        waiting: { phase, pausedAt: desk.clock.instant(), since: before.waiting?.since },
      });
      desk.clock.advance({ seconds: 40 * MINUTE });
      const answer = { answer: 'ST төмен', vitals: { spo2: 91 } };
      const answered = await desk.triage.answer(desk.feldsher, id, question, answer);
      expect(answered).toMatchObject({
        status,
        waiting: { phase, pausedAt: null },
        questions: [{ question: 'ЭКГ?', answer: { text: 'ST төмен' } }],
      });
      // Three minutes were waited, not forty-three.
      const waited = Date.parse(desk.clock.instant()) - Date.parse(answered.waiting?.since ?? '');
      expect(waited).toBe(3 * MINUTE * 1000);
      expect(answered.observations.at(-1)?.vitals).toEqual({ spo2: 91 });
      expect(await desk.triage.answer(desk.feldsher, id, question, answer)).toEqual(answered);
      await expect(desk.triage.answer(desk.feldsher, id, question, { answer: 'Басқа', vitals: {} })).rejects.toThrow(
        'question.answered',
      );
    }
  });

  test('an answer to a request that was just cancelled says so and is not lost in another', async () => {
    const desk = await createConsultDesk();
    const id = await planned(desk);
    const question = newQuestion();
    await desk.triage.ask(desk.coordinator, id, {
      baseVersion: await versionOf(desk, id),
      id: question,
      question: '?',
    });
    await desk.consultations.cancel(desk.feldsher, id, 'Жақсы');
    const answer = { answer: 'Бар', vitals: {} };
    await expect(desk.triage.answer(desk.feldsher, id, question, answer)).rejects.toThrow('consultation.cancelled');
    const other = await planned(desk);
    await expect(desk.triage.answer(desk.feldsher, other, question, answer)).rejects.toThrow('question.not_found');
  });
});

describe('a call that dies', () => {
  test('becomes a case in writing by itself after the limit, also over a restart, and nothing is retyped', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
    await desk.calling.roomPresenceChanged(id, false);
    const before = await desk.consultations.getConsultation(desk.feldsher, id);
    expect(before.waiting).toMatchObject({ phase: 'interruption' });
    desk.clock.advance({ seconds: BUILT_IN_LIMITS.interruptionMinutes * MINUTE - 1 });
    await desk.calling.settleInterrupted();
    expect(desk.statusOf(id)).toBe('interrupted');
    await desk.store.close();
    desk.clock.advance({ seconds: 1 });
    const reopened = Object.assign(await openDatabase({ path: desk.store.path }), { path: desk.store.path });
    const again = await createTestServices({ store: reopened, clock: desk.clock });
    await again.calling.settleInterrupted();
    const after = await again.consultations.getConsultation(desk.cardio, id);
    expect(after).toMatchObject({
      status: 'async_assigned',
      reason: before.reason,
      patient: before.patient,
      observations: before.observations,
      specialist: before.specialist,
    });
    const { sha256 } = await again.signing.preview(desk.cardio, id);
    await again.signing.sign(desk.cardio, id, sha256, PASSWORD);
    expect(desk.statusOf(id)).toBe('signed');
    await reopened.close();
  });

  test('the station calls again: first whoever had it, then the ladder; the draft stays', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
    await desk.calling.roomPresenceChanged(id, false);
    await desk.triage.turn(desk.feldsher, id, { into: 'call', note: '' });
    expect(desk.ringingAt(id)).toEqual([desk.world.cardio.practitionerId]);
    // Pressed again, it rings on.
    await desk.triage.turn(desk.feldsher, id, { into: 'call', note: '' });
    desk.clock.advance({ seconds: RING_SECONDS });
    await desk.calling.escalateDue();
    expect(desk.ringingAt(id)).toEqual([desk.world.cardioTwin.practitionerId]);
    await desk.calling.answer(desk.cardioTwin, id);
    expect((await desk.conclusions.getConclusion(desk.cardioTwin, id)).content).toEqual(CONCLUSION);
  });

  test.each(['call', 'written', 'booking'] as const)('the specialist turns it into %s', async (into) => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    await desk.calling.roomPresenceChanged(id, false);
    const { status, isPlanned } = await desk.triage.turn(desk.cardio, id, { into, note: '' });
    expect([status, isPlanned]).toEqual(
      { call: ['in_call', false], written: ['async_assigned', false], booking: ['accepted', true] }[into],
    );
  });

  test.each(['feldsher', 'cardio'] as const)(
    'a line too thin to talk over: %s goes on in writing out of the call, with nothing typed again',
    async (who) => {
      const desk = await createConsultDesk();
      const id = await desk.callAndAnswer();
      await desk.conclusions.saveConclusion(desk.cardio, id, 0, CONCLUSION);
      const before = await desk.consultations.getConsultation(desk.cardio, id);
      const after = await desk.triage.turn(desk[who], id, { into: 'written', note: '' });
      const { status, reason, patient, observations, specialist } = after;
      expect({ status, reason, patient, observations, specialist }).toEqual({
        status: 'async_assigned',
        reason: before.reason,
        patient: before.patient,
        observations: before.observations,
        specialist: before.specialist,
      });
      // Both leave the room then: that interrupts nothing.
      await desk.calling.roomPresenceChanged(id, false);
      expect(desk.statusOf(id)).toBe('async_assigned');
      const { sha256 } = await desk.signing.preview(desk.cardio, id);
      await desk.signing.sign(desk.cardio, id, sha256, PASSWORD);
      expect(desk.statusOf(id)).toBe('signed');
    },
  );

  test('a written case is given back, and a colleague takes it', async () => {
    const desk = await createConsultDesk();
    const id = await written(desk);
    await desk.triage.turn(desk.cardio, id, { into: 'triage', note: 'Менің бейінім емес' });
    expect(desk.statusOf(id)).toBe('in_triage');
    const choice = { baseVersion: await versionOf(desk, id), how: 'written', practitionerId: null } as const;
    expect(await desk.triage.accept(desk.cardioTwin, id, choice)).toMatchObject({
      status: 'async_assigned',
      specialist: { id: desk.world.cardioTwin.practitionerId },
    });
  });
});

describe('reference data', () => {
  test('limits are in force from their moment on, and the clocks of running requests follow', async () => {
    const desk = await createConsultDesk();
    const id = await planned(desk);
    const limits = { ...BUILT_IN_LIMITS, answer: { ...BUILT_IN_LIMITS.answer, urgent: { heed: 1, limit: 2 } } };
    const effectiveFrom = new Date(Date.parse(desk.clock.instant()) + 3_600_000).toISOString() as never;
    const saved = await desk.limits.save(desk.coordinator, newId<WaitingLimitId>(), {
      seenId: null,
      effectiveFrom,
      limits,
    });
    expect(saved.state).toBe('to_come');
    const due = async () => (await desk.consultations.getConsultation(desk.coordinator, id)).waiting?.dueAt;
    const before = await due();
    desk.clock.advance({ seconds: 3600 });
    expect(Date.parse((await due()) ?? '')).toBeLessThan(Date.parse(before ?? ''));
    expect((await desk.limits.list()).current).toEqual(limits);
  });

  test('a call climbs the ladder of its place as it was when it began', async () => {
    const desk = await createConsultDesk();
    const head = desk.world.neuro.practitionerId;
    let seenId: LadderId | null = null;
    const save = async (steps: Parameters<typeof desk.ladders.save>[2]['steps']) => {
      const saved = await desk.ladders.save(desk.coordinator, newId<LadderId>(), {
        seenId,
        specialty: desk.world.cardiology,
        region: null,
        effectiveFrom: desk.clock.instant(),
        steps,
      });
      seenId = saved.id;
    };
    await save([
      { kind: 'head', seconds: 20, practitionerIds: [head] },
      { kind: 'on_call', seconds: 30, reach: 'region' },
      { kind: 'phone', phones: [{ label: 'Қабылдау бөлімі', phone: '+7 726 211 22 33' }] },
    ]);
    const preview = await desk.ladders.preview({ specialty: desk.world.cardiology, region: null });
    expect(preview.map(({ kind, people }) => [kind, people.length])).toEqual([
      ['head', 1],
      ['on_call', 2],
      ['phone', 0],
    ]);
    const id = await desk.call();
    expect(desk.ringingAt(id)).toEqual([head]);
    desk.clock.advance({ seconds: 1 });
    await save([]);
    desk.clock.advance({ seconds: 19 });
    await desk.calling.escalateDue();
    expect(desk.ringingAt(id)).toHaveLength(2);
    desk.clock.advance({ seconds: 30 });
    await desk.calling.escalateDue();
    const { rungs } = await desk.consultations.getConsultation(desk.feldsher, id);
    expect(rungs.at(-1)).toMatchObject({ kind: 'phone', outcome: 'shown', phones: [{ phone: '+7 726 211 22 33' }] });
    // The next call of this place has the built-in ladder again.
    await desk.calling.callAgain(desk.feldsher, id);
    expect(desk.ringingAt(id)).toHaveLength(2);
  });

  test('limits of waiting made meanwhile by somebody else are not written over unseen', async () => {
    const desk = await createConsultDesk();
    const effectiveFrom = desk.clock.instant();
    const save = (seenId: WaitingLimitId | null, id = newId<WaitingLimitId>()) =>
      desk.limits.save(desk.coordinator, id, { seenId, effectiveFrom, limits: BUILT_IN_LIMITS });
    const first = await save(null);
    // Again, after a lost answer: the edition is its own, not somebody else's.
    await save(null, first.id);
    await expect(save(null)).rejects.toThrow('waiting_limit.changed');
    expect((await desk.limits.list()).editions).toHaveLength(1);
    await save(first.id);
    await expect(save(first.id)).rejects.toThrow('waiting_limit.changed');
  });

  test('of two who edit one ladder the second is refused until they have seen the first; another place is nobody’s concern', async () => {
    const desk = await createConsultDesk();
    const { coordinator } = desk;
    const admin = desk.world.admin.actor;
    const rung = (seconds: number) => [{ kind: 'on_call', seconds, reach: 'country' } as const];
    const save = (actor: typeof admin, seenId: LadderId | null, seconds: number, change: object = {}) =>
      desk.ladders.save(actor, newId<LadderId>(), {
        specialty: null,
        region: null,
        seenId,
        effectiveFrom: desk.clock.instant(),
        steps: rung(seconds),
        ...change,
      });
    const first = await save(coordinator, null, 20);
    await expect(save(admin, null, 40)).rejects.toThrow('ladder.changed');
    const { ladders } = await desk.ladders.list(admin);
    expect(ladders.map(({ steps }) => steps)).toEqual([rung(20)]);
    // One that is to begin next week counts as well: whoever writes now has to know of it.
    const later = await save(admin, first.id, 40, { effectiveFrom: '2027-01-01T00:00:00.000Z' });
    await expect(save(coordinator, first.id, 50)).rejects.toThrow('ladder.changed');
    await save(coordinator, later.id, 50);
    await save(admin, null, 60, { specialty: desk.world.cardiology });
  });

  test('refuses a ladder with somebody who is not there, and another content under a known id', async () => {
    const desk = await createConsultDesk();
    const id = newId<LadderId>();
    const ladder = { seenId: null, specialty: null, region: null, effectiveFrom: desk.clock.instant() };
    const ghost = {
      kind: 'head',
      seconds: 20,
      practitionerIds: [newId<typeof desk.world.neuro.practitionerId>()],
    } as const;
    const one = { kind: 'on_call', seconds: 20, reach: 'country' } as const;
    await expect(
      desk.ladders.save(desk.coordinator, id, {
        ...ladder,
        steps: [{ ...ghost, practitionerIds: [...ghost.practitionerIds] }],
      }),
    ).rejects.toThrow('ladder.unknown_person');
    await desk.ladders.save(desk.coordinator, id, { ...ladder, steps: [one] });
    await desk.ladders.save(desk.coordinator, id, { ...ladder, steps: [one] });
    await expect(desk.ladders.save(desk.coordinator, id, { ...ladder, steps: [] })).rejects.toThrow(
      'idempotency.key_reused',
    );
    expect((await desk.ladders.list(desk.coordinator)).ladders).toHaveLength(1);
  });
});

function restOf(view: Awaited<ReturnType<ConsultDesk['consultations']['getConsultation']>>) {
  const { specialty, specialist, isPlanned, isWritten, region, reason, observations } = view;
  return { specialty, specialist, isPlanned, isWritten, region, reason, observations };
}
