import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, test } from 'vitest';
import { createTestServices, RING_SECONDS } from '../../../test/build-services.ts';
import { type ConsultDesk, createConsultDesk } from '../../../test/consult-desk.ts';
import { createShift, createSpecialist } from '../../../test/factories.ts';
import { rerunning } from '../../../test/rerunning-store.ts';
import { createTestStore } from '../../../test/template-database.ts';
import { openDatabase } from '../../db/open-database.ts';

const MISSING = '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as RequestId;

/** Practitioner ids of the first rung. */
const firstRung = ({ world }: ConsultDesk) => [world.cardio.practitionerId, world.cardioTwin.practitionerId].sort();

describe('a new call', () => {
  test('rings at everybody of the first rung at once', async () => {
    const desk = await createConsultDesk();
    const { world, call, statusOf, ringingAt, takePublished } = desk;
    const id = await call();
    expect(statusOf(id)).toBe('ringing');
    expect(ringingAt(id)).toEqual(firstRung(desk));
    const published = await takePublished();
    expect(published).toContainEqual([
      'ring:started',
      { requestId: id, userIds: [world.cardio.actor.userId, world.cardioTwin.actor.userId] },
    ]);
    expect(published).toContainEqual([
      'consultation:changed',
      expect.objectContaining({ requestId: id, status: 'ringing', version: 2, actorId: world.feldsher.actor.userId }),
    ]);
  });

  test('with nobody on call waits in triage and rings nowhere', async () => {
    const { world, call, statusOf, ringingAt, takePublished, audited } = await createConsultDesk();
    const id = await call({ specialty: world.neurology });
    expect(statusOf(id)).toBe('in_triage');
    expect(ringingAt(id)).toEqual([]);
    expect((await takePublished()).map(([name]) => name)).not.toContain('ring:started');
    expect(audited(id).at(-1)).toEqual({ action: 'consultation.exhaust_ladder', actorId: null });
  });

  test.each([
    ['switched off', { isAvailable: false }],
    ['disabled', { isDisabled: true }],
  ])('does not ring at who is %s', async (_why, change) => {
    const { world, store, call, ringingAt } = await createConsultDesk();
    const options = { organizationId: world.hospital, specialty: world.neurology };
    await createShift(store, await createSpecialist(store, { ...options, ...change }), { rank: 1 });
    const next = await createSpecialist(store, options);
    await createShift(store, next, { rank: 4 });
    const id = await call({ specialty: world.neurology });
    expect(ringingAt(id)).toEqual([next.practitionerId]);
  });
});

describe('the ladder', () => {
  test('decline by decline: the rest of the rung, the next rung, triage, and from the start when called again', async () => {
    const desk = await createConsultDesk();
    const { world, call, calling, statusOf, ringingAt, outcomes, takePublished } = desk;
    const id = await call();
    await takePublished();

    await calling.decline(desk.cardio, id, 'busy', '');
    expect([statusOf(id), ringingAt(id)]).toEqual(['ringing', [world.cardioTwin.practitionerId]]);
    expect(await takePublished()).toEqual([
      ['ring:stopped', { requestId: id, userIds: [desk.cardio.userId], why: 'declined' }],
      ['consultation:changed', expect.objectContaining({ status: 'ringing', version: 3 })],
    ]);

    await calling.decline(desk.cardioTwin, id, 'other', 'Операцияда');
    expect([statusOf(id), ringingAt(id)]).toEqual(['escalated', [world.cardioBackup.practitionerId]]);
    expect(await takePublished()).toContainEqual([
      'ring:started',
      { requestId: id, userIds: [desk.cardioBackup.userId] },
    ]);

    await calling.decline(desk.cardioBackup, id, 'technical', '');
    expect([statusOf(id), ringingAt(id)]).toEqual(['in_triage', []]);
    expect(outcomes(id)).toEqual({
      [world.cardio.practitionerId]: 'declined',
      [world.cardioTwin.practitionerId]: 'declined',
      [world.cardioBackup.practitionerId]: 'declined',
    });

    await calling.callAgain(desk.feldsher, id);
    expect([statusOf(id), ringingAt(id)]).toEqual(['ringing', firstRung(desk)]);
    await calling.decline(desk.cardio, id, 'busy', '');
    await calling.decline(desk.cardioTwin, id, 'busy', '');
    expect([statusOf(id), ringingAt(id)]).toEqual(['escalated', [world.cardioBackup.practitionerId]]);
  });

  test('rung by rung as time runs out, to the millisecond', async () => {
    const desk = await createConsultDesk();
    const { world, call, calling, clock, statusOf, ringingAt, outcomes, takePublished } = desk;
    const id = await call();
    await takePublished();
    clock.advance({ seconds: RING_SECONDS - 0.001 });
    await calling.escalateDue();
    expect([statusOf(id), ringingAt(id)]).toEqual(['ringing', firstRung(desk)]);

    clock.advance({ seconds: 0.001 });
    await calling.escalateDue();
    expect([statusOf(id), ringingAt(id)]).toEqual(['escalated', [world.cardioBackup.practitionerId]]);
    expect(await takePublished()).toEqual([
      [
        'ring:stopped',
        {
          requestId: id,
          userIds: expect.arrayContaining([desk.cardio.userId, desk.cardioTwin.userId]),
          why: 'escalated',
        },
      ],
      ['ring:started', { requestId: id, userIds: [desk.cardioBackup.userId] }],
      ['consultation:changed', expect.objectContaining({ status: 'escalated', actorId: null })],
    ]);
    await calling.escalateDue();
    expect(statusOf(id)).toBe('escalated');

    clock.advance({ seconds: RING_SECONDS });
    await calling.escalateDue();
    expect([statusOf(id), ringingAt(id)]).toEqual(['in_triage', []]);
    expect(new Set(Object.values(outcomes(id)))).toEqual(new Set(['timed_out']));
    expect(await takePublished()).toContainEqual([
      'ring:stopped',
      { requestId: id, userIds: [desk.cardioBackup.userId], why: 'exhausted' },
    ]);
    clock.advance({ seconds: 3600 });
    await calling.escalateDue();
    expect(await takePublished()).toEqual([]);
  });

  test('leaves out rungs that nobody stands on', async () => {
    const { world, store, call, calling, clock, ringingAt } = await createConsultDesk();
    const options = { organizationId: world.hospital, specialty: world.neurology };
    const ranks = new Map<number, string>();
    for (const rank of [2, 5, 9]) {
      const specialist = await createSpecialist(store, options);
      await createShift(store, specialist, { rank });
      ranks.set(rank, specialist.practitionerId);
    }
    const id = await call({ specialty: world.neurology });
    for (const rank of [2, 5, 9]) {
      expect(ringingAt(id)).toEqual([ranks.get(rank)]);
      clock.advance({ seconds: RING_SECONDS });
      await calling.escalateDue();
    }
    expect(ringingAt(id)).toEqual([]);
  });

  test('asks again who is on call when a rung runs out', async () => {
    const desk = await createConsultDesk();
    const { world, call, calling, clock, ringingAt, statusOf, staff } = desk;
    const id = await call();
    await staff.setAvailability(desk.cardioBackup, false);
    clock.advance({ seconds: RING_SECONDS });
    await calling.escalateDue();
    expect(statusOf(id)).toBe('in_triage');
    await staff.setAvailability(desk.cardioBackup, true);
    await staff.setAvailability(desk.cardio, false);
    await calling.callAgain(desk.feldsher, id);
    expect(ringingAt(id)).toEqual([world.cardioTwin.practitionerId]);
  });

  test('set back by an hour, the clock does not let one rung ring for an hour', async () => {
    const desk = await createConsultDesk();
    const { world, call, calling, clock, ringingAt } = desk;
    const id = await call();
    clock.advance({ seconds: -3600 });
    await calling.escalateDue();
    expect(ringingAt(id)).toEqual([world.cardioBackup.practitionerId]);
    // The new rung has its whole time by the new clock.
    clock.advance({ seconds: RING_SECONDS - 1 });
    await calling.escalateDue();
    expect(ringingAt(id)).toEqual([world.cardioBackup.practitionerId]);
  });

  test('climbs on after the clock was set back', async () => {
    const desk = await createConsultDesk();
    const { world, call, calling, clock, ringingAt } = desk;
    const id = await call();
    clock.advance({ seconds: RING_SECONDS });
    await calling.escalateDue();
    clock.advance({ seconds: RING_SECONDS });
    await calling.escalateDue();
    clock.advance({ seconds: -3600 });
    await calling.callAgain(desk.feldsher, id);
    await calling.decline(desk.cardio, id, 'busy', '');
    await calling.decline(desk.cardioTwin, id, 'busy', '');
    expect(ringingAt(id)).toEqual([world.cardioBackup.practitionerId]);
  });

  test('survives a restart, however long: the rung that ran out meanwhile is followed by the next, not by the last', async () => {
    const desk = await createConsultDesk();
    const { world, call, clock, store, statusOf, ringingAt } = desk;
    const id = await call();
    await store.close();
    clock.advance({ seconds: 10 * RING_SECONDS });
    const reopened = Object.assign(await openDatabase({ path: store.path }), { path: store.path });
    const { calling } = await createTestServices({ store: reopened, clock });
    await calling.escalateDue();
    expect([statusOf(id), ringingAt(id)]).toEqual(['escalated', [world.cardioBackup.practitionerId]]);
    clock.advance({ seconds: RING_SECONDS });
    await calling.escalateDue();
    expect(statusOf(id)).toBe('in_triage');
    await reopened.close();
  });

  test('one request that cannot move does not keep the others from ringing', async () => {
    const { call, calling, clock, raw, statusOf } = await createConsultDesk();
    const stuck = await call();
    const next = await call();
    raw.exec(`create trigger fault before insert on ring when new.request_id = '${stuck}'
      begin select raise(abort, 'planted'); end`);
    clock.advance({ seconds: RING_SECONDS });
    await expect(calling.escalateDue()).rejects.toMatchObject({ message: '1 of 2 rungs' });
    expect([statusOf(stuck), statusOf(next)]).toEqual(['ringing', 'escalated']);
    raw.exec('drop trigger fault');
    await calling.escalateDue();
    expect(statusOf(stuck)).toBe('escalated');
  });
});

describe('answering', () => {
  test('gives the call to the first and stops the ring everywhere, in the winner’s other tabs too', async () => {
    const desk = await createConsultDesk();
    const { world, call, calling, takePublished, ringingAt, outcomes, raw } = desk;
    const id = await call();
    await takePublished();
    const view = await calling.answer(desk.cardio, id);
    expect(view).toMatchObject({
      status: 'in_call',
      ring: null,
      specialist: { id: world.cardio.practitionerId, displayName: 'Ахметов Ерлан' },
      answeredAt: desk.clock.instant(),
    });
    expect(ringingAt(id)).toEqual([]);
    expect(outcomes(id)).toEqual({
      [world.cardio.practitionerId]: 'answered',
      [world.cardioTwin.practitionerId]: 'answered_elsewhere',
    });
    expect(raw.prepare('select ring_deadline from service_request where id = ?').pluck().get(id)).toBeNull();
    expect(await takePublished()).toEqual([
      [
        'ring:stopped',
        {
          requestId: id,
          userIds: expect.arrayContaining([desk.cardio.userId, desk.cardioTwin.userId]),
          why: 'answered',
        },
      ],
      [
        'consultation:changed',
        expect.objectContaining({ status: 'in_call', practitionerId: world.cardio.practitionerId }),
      ],
    ]);
  });

  test('at the same time: exactly one wins, the other is told who was faster', async () => {
    const desk = await createConsultDesk();
    for (let round = 0; round < 10; round += 1) {
      const id = await desk.call();
      const both = round % 2 === 0 ? [desk.cardio, desk.cardioTwin] : [desk.cardioTwin, desk.cardio];
      const outcomes = await Promise.allSettled(both.map((actor) => desk.calling.answer(actor, id)));
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(lost).toHaveLength(1);
      expect(lost[0]?.reason).toMatchObject({ code: 'consultation.answered_elsewhere' });
      const answers = desk.audited(id).filter(({ action }) => action === 'consultation.answer');
      expect(answers).toHaveLength(1);
      await desk.calling.endCall(both.find((actor) => actor.userId === answers[0]?.actorId) ?? desk.cardio, id);
    }
  });

  test('at the same time in two server processes on one database: exactly one wins', async () => {
    const desk = await createConsultDesk();
    const { store, clock } = desk;
    const secondStore = Object.assign(await openDatabase({ path: store.path }), { path: store.path });
    const second = await createTestServices({ store: secondStore, clock });
    for (let round = 0; round < 10; round += 1) {
      const id = await desk.call();
      const outcomes = await Promise.allSettled([
        desk.calling.answer(desk.cardio, id),
        second.calling.answer(desk.cardioTwin, id),
      ]);
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(lost.map(({ reason }) => (reason as Error).message)).toEqual(['consultation.answered_elsewhere']);
      await desk.consultations.cancel(desk.feldsher, id, 'Тест');
    }
    await secondStore.close();
  });

  test('again by the one who has it is harmless and leaves one audit row', async () => {
    const desk = await createConsultDesk();
    const id = await desk.call();
    const views = await Promise.all([1, 2, 3].map(() => desk.calling.answer(desk.cardio, id)));
    expect(views[1]).toEqual(views[0]);
    expect(views[2]).toEqual(views[0]);
    expect(desk.audited(id).filter(({ action }) => action === 'consultation.answer')).toHaveLength(1);
  });

  test('a specialist who has come into a call since it began to ring answers no second one; that one rings on', async () => {
    const desk = await createConsultDesk();
    const second = await desk.call();
    await desk.callAndAnswer();
    await expect(desk.calling.answer(desk.cardio, second)).rejects.toThrow('consultation.specialist_busy');
    expect([desk.statusOf(second), desk.ringingAt(second)]).toEqual(['ringing', firstRung(desk)]);
    await desk.calling.answer(desk.cardioTwin, second);
  });

  test('a specialist in a call is not rung, and the station sees why', async () => {
    const desk = await createConsultDesk();
    await desk.callAndAnswer();
    const second = await desk.call();
    expect(desk.ringingAt(second)).toEqual([desk.world.cardioTwin.practitionerId]);
    const { rungs } = await desk.consultations.getConsultation(desk.feldsher, second);
    expect(rungs.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['on_call', 'ringing'],
      ['backup', null],
      ['phone', null],
    ]);
    expect(rungs[0]?.skipped).toEqual([{ displayName: 'Ахметов Ерлан', why: 'in_call' }]);
  });

  test('with nobody else left the ones in a call are rung after all, once', async () => {
    const desk = await createConsultDesk();
    const { world, calling, clock, ringingAt, statusOf, staff } = desk;
    await desk.callAndAnswer();
    await staff.setAvailability(desk.cardioTwin, false);
    const id = await desk.call();
    expect(ringingAt(id)).toEqual([world.cardioBackup.practitionerId]);
    clock.advance({ seconds: RING_SECONDS });
    await calling.escalateDue();
    expect([statusOf(id), ringingAt(id)]).toEqual(['escalated', [world.cardio.practitionerId]]);
    clock.advance({ seconds: RING_SECONDS });
    await calling.escalateDue();
    expect([statusOf(id), ringingAt(id)]).toEqual(['in_triage', []]);
    const { rungs } = await desk.consultations.getConsultation(desk.feldsher, id);
    expect(rungs.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['on_call', 'skipped'],
      ['backup', 'timed_out'],
      ['busy', 'timed_out'],
      ['phone', 'shown'],
    ]);
  });

  test('a specialist who answers two at once has one', async () => {
    const desk = await createConsultDesk();
    const ids = [await desk.call(), await desk.call()];
    const outcomes = await Promise.allSettled(ids.map((id) => desk.calling.answer(desk.cardio, id)));
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({
      code: 'consultation.specialist_busy',
    });
    expect(ids.map(desk.statusOf).sort()).toEqual(['in_call', 'ringing']);
  });

  test('the database itself refuses a specialist in two calls', async () => {
    const desk = await createConsultDesk();
    await desk.callAndAnswer();
    const second = await desk.call();
    const force = desk.raw.prepare("update service_request set status = 'in_call', practitioner_id = ? where id = ?");
    expect(() => force.run(desk.world.cardio.practitionerId, second)).toThrow('UNIQUE constraint failed');
  });

  test.each([
    ['another specialty', 'neuro'],
    ['a rung that does not ring yet', 'cardioBackup'],
  ] as const)('by %s is as if there were no such call', async (_who, name) => {
    const desk = await createConsultDesk();
    const id = await desk.call();
    await expect(desk.calling.answer(desk[name], id)).rejects.toThrow('consultation.not_found');
    await expect(desk.calling.answer(desk[name], MISSING)).rejects.toThrow('consultation.not_found');
    expect(desk.statusOf(id)).toBe('ringing');
  });

  test('after it was cancelled is told so who was rung, and nobody else', async () => {
    const desk = await createConsultDesk();
    const id = await desk.call();
    await desk.consultations.cancel(desk.feldsher, id, 'Қате басылды');
    await expect(desk.calling.answer(desk.cardio, id)).rejects.toThrow('consultation.cancelled');
    await expect(desk.calling.answer(desk.cardioBackup, id)).rejects.toThrow('consultation.not_found');
  });

  test('from the list, after the ladder ran out: any specialist of the specialty, exactly one of them', async () => {
    const desk = await createConsultDesk();
    const { world, store, calling, clock, statusOf } = desk;
    const offDuty = await createSpecialist(store, { organizationId: world.hospital, specialty: world.cardiology });
    const id = await desk.call();
    for (let rung = 0; rung < 2; rung += 1) {
      clock.advance({ seconds: RING_SECONDS });
      await calling.escalateDue();
    }
    await expect(calling.answer(desk.neuro, id)).rejects.toThrow('consultation.not_found');
    const outcomes = await Promise.allSettled([calling.answer(offDuty.actor, id), calling.answer(desk.cardio, id)]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected']);
    expect(outcomes[1]).toMatchObject({ reason: { code: 'consultation.answered_elsewhere' } });
    expect(statusOf(id)).toBe('in_call');
    expect(
      desk
        .audited(id)
        .map(({ action }) => action)
        .slice(-3),
    ).toEqual(['consultation.accept_triage', 'consultation.call_now', 'consultation.answer']);
  });

  test('while the rung runs out: the answer or the next rung, never both and never neither', async () => {
    const desk = await createConsultDesk();
    const { calling, clock, statusOf, ringingAt, world } = desk;
    for (let round = 0; round < 10; round += 1) {
      const id = await desk.call();
      clock.advance({ seconds: RING_SECONDS });
      const work = [() => calling.answer(desk.cardio, id), () => calling.escalateDue()];
      if (round % 2 === 1) work.reverse();
      const outcomes = await Promise.allSettled(work.map((start) => start()));
      const isAnswered = statusOf(id) === 'in_call';
      expect([statusOf(id), ringingAt(id)]).toEqual(
        isAnswered ? ['in_call', []] : ['escalated', [world.cardioBackup.practitionerId]],
      );
      expect(outcomes.filter((outcome) => outcome.status === 'rejected')).toHaveLength(isAnswered ? 0 : 1);
      await desk.consultations.cancel(desk.feldsher, id, 'Тест');
    }
  });
});

describe('calling the same request again', () => {
  test('the specialist calls back from the draft of the conclusion', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    await desk.calling.endCall(desk.cardio, id);
    desk.clock.advance({ seconds: 60 });
    expect(await desk.calling.answer(desk.cardio, id)).toMatchObject({ status: 'in_call', endedAt: null });
  });

  test('not while in another call', async () => {
    const desk = await createConsultDesk();
    const first = await desk.callAndAnswer();
    await desk.calling.endCall(desk.cardio, first);
    await desk.callAndAnswer();
    await expect(desk.calling.answer(desk.cardio, first)).rejects.toThrow('consultation.specialist_busy');
  });

  test('not by a colleague', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    await desk.calling.endCall(desk.cardio, id);
    await expect(desk.calling.answer(desk.cardioBackup, id)).rejects.toThrow('consultation.not_found');
    await expect(desk.calling.answer(desk.cardioTwin, id)).rejects.toThrow('consultation.answered_elsewhere');
  });

  test('the station rings again from triage; while it rings already, nothing happens', async () => {
    const desk = await createConsultDesk();
    const { calling, clock } = desk;
    const id = await desk.call();
    const ringing = await calling.callAgain(desk.feldsher, id);
    expect(ringing).toMatchObject({ status: 'ringing', version: 2 });
    for (let rung = 0; rung < 2; rung += 1) {
      clock.advance({ seconds: RING_SECONDS });
      await calling.escalateDue();
    }
    const [once, twice] = await Promise.all([
      calling.callAgain(desk.feldsher, id),
      calling.callAgain(desk.feldsher, id),
    ]);
    expect(once?.status).toBe('ringing');
    expect(twice).toEqual(once);
  });

  test.each(['in_call', 'signed', 'cancelled'])('there is nothing to ring when it is %s', async (state) => {
    const desk = await createConsultDesk();
    const id = state === 'signed' ? await desk.signedRequest() : await desk.callAndAnswer();
    if (state === 'cancelled') await desk.consultations.cancel(desk.feldsher, id, 'Тест');
    await expect(desk.calling.callAgain(desk.feldsher, id)).rejects.toThrow('consultation.state_conflict');
  });
});

describe('declining', () => {
  test('keeps the reason and its words', async () => {
    const desk = await createConsultDesk();
    const id = await desk.call();
    await desk.calling.decline(desk.cardio, id, 'other', 'Операцияда');
    const row = desk.raw.prepare("select * from ring where outcome = 'declined'").get();
    expect(row).toMatchObject({ decline_reason: 'other', decline_note: 'Операцияда', ended_at: desk.clock.instant() });
  });

  test('again, because the first answer was lost, changes nothing', async () => {
    const desk = await createConsultDesk();
    const id = await desk.call();
    await Promise.all([1, 2, 3].map(() => desk.calling.decline(desk.cardio, id, 'busy', '')));
    expect([desk.statusOf(id), desk.ringingAt(id)]).toEqual(['ringing', [desk.world.cardioTwin.practitionerId]]);
    expect(desk.audited(id).filter(({ action }) => action === 'consultation.decline_call')).toHaveLength(1);
  });

  test('by who is not rung is as if there were no such call', async () => {
    const desk = await createConsultDesk();
    const id = await desk.call();
    for (const actor of [desk.neuro, desk.cardioBackup, desk.feldsher]) {
      const [foreign, missing] = await Promise.allSettled([
        desk.calling.decline(actor, id, 'busy', ''),
        desk.calling.decline(actor, MISSING, 'busy', ''),
      ]);
      expect(foreign).toMatchObject({ status: 'rejected' });
      expect(foreign).toEqual(missing);
    }
  });

  test('both of a rung at once reach the next rung once', async () => {
    const desk = await createConsultDesk();
    const id = await desk.call();
    await Promise.all([desk.cardio, desk.cardioTwin].map((actor) => desk.calling.decline(actor, id, 'busy', '')));
    expect([desk.statusOf(id), desk.ringingAt(id)]).toEqual(['escalated', [desk.world.cardioBackup.practitionerId]]);
    expect(desk.audited(id).filter(({ action }) => action === 'consultation.escalate')).toHaveLength(1);
  });
});

describe('ending and losing a call', () => {
  test('ending keeps the request open for the conclusion; again is harmless', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    desk.clock.advance({ seconds: 600 });
    const ended = await desk.calling.endCall(desk.cardio, id);
    expect(ended).toMatchObject({ status: 'conclusion_draft', endedAt: desk.clock.instant() });
    desk.clock.advance({ seconds: 60 });
    expect(await desk.calling.endCall(desk.cardio, id)).toEqual(ended);
  });

  test('only the specialist who has it ends it', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    for (const actor of [desk.feldsher, desk.cardioTwin, desk.neuro, desk.coordinator, desk.otherFeldsher]) {
      await expect(desk.calling.endCall(actor, id)).rejects.toThrow('consultation.not_found');
    }
    expect(desk.statusOf(id)).toBe('in_call');
  });

  test('a call that loses a side is interrupted, and goes on when both are back', async () => {
    const desk = await createConsultDesk();
    const { calling, statusOf } = desk;
    const id = await desk.callAndAnswer();
    await calling.roomPresenceChanged(id, false);
    expect(statusOf(id)).toBe('interrupted');
    await calling.roomPresenceChanged(id, false);
    await calling.roomPresenceChanged(id, true);
    expect(statusOf(id)).toBe('in_call');
    await calling.roomPresenceChanged(id, true);
    expect(statusOf(id)).toBe('in_call');
    const steps = desk.audited(id).slice(-2);
    expect(steps).toEqual([
      { action: 'consultation.interrupt', actorId: null },
      { action: 'consultation.reconnect', actorId: null },
    ]);
  });

  test('it does not go on by itself while the specialist is in another call', async () => {
    const desk = await createConsultDesk();
    const first = await desk.callAndAnswer();
    await desk.calling.roomPresenceChanged(first, false);
    await desk.callAndAnswer();
    await desk.calling.roomPresenceChanged(first, true);
    expect(desk.statusOf(first)).toBe('interrupted');
  });

  test.each(['ringing', 'conclusion_draft', 'signed', 'cancelled'] as const)(
    'who comes and goes changes nothing when it is %s',
    async (state) => {
      const desk = await createConsultDesk();
      const id = state === 'signed' ? await desk.signedRequest() : await desk.call();
      if (state === 'cancelled') await desk.consultations.cancel(desk.feldsher, id, 'Тест');
      if (state === 'conclusion_draft') {
        await desk.calling.answer(desk.cardio, id);
        await desk.calling.endCall(desk.cardio, id);
      }
      await desk.calling.roomPresenceChanged(id, true);
      await desk.calling.roomPresenceChanged(id, false);
      expect(desk.statusOf(id)).toBe(state);
    },
  );

  test('a room of no request is nobody’s business', async () => {
    const desk = await createConsultDesk();
    await expect(desk.calling.roomPresenceChanged(MISSING, false)).resolves.toBeUndefined();
  });

  test('live calls are found after a restart', async () => {
    const desk = await createConsultDesk();
    const id = await desk.callAndAnswer();
    await desk.call();
    const { calling } = await createTestServices({ store: desk.store, clock: desk.clock });
    expect(await calling.listLiveCalls()).toEqual([id]);
  });
});

describe('events', () => {
  test.each([
    ['a statement', "create trigger fault before insert on audit_event begin select raise(abort, 'planted'); end"],
    [
      'the commit itself, after the whole unit went well',
      `create table planted (id integer primary key);
       create table fault (id integer references planted (id) deferrable initially deferred);
       create trigger fault_now after insert on audit_event begin insert into fault values (1); end`,
    ],
  ])('are told only when the database has kept what they tell: %s fails', async (_what, fault) => {
    const desk = await createConsultDesk();
    const { raw, takePublished, calling } = desk;
    const id = await desk.call();
    await takePublished();
    raw.exec(fault);
    const planted = /planted|FOREIGN KEY/;
    await expect(desk.call()).rejects.toThrow(planted);
    await expect(calling.answer(desk.cardio, id)).rejects.toThrow(planted);
    await expect(calling.decline(desk.cardio, id, 'busy', '')).rejects.toThrow(planted);
    await expect(desk.consultations.cancel(desk.feldsher, id, 'x')).rejects.toThrow(planted);
    expect(await takePublished()).toEqual([]);
    expect(desk.statusOf(id)).toBe('ringing');
  });

  test('see the new state in the database when they are told', async () => {
    const desk = await createConsultDesk();
    const seen: string[] = [];
    const { calling } = desk;
    const id = await desk.call();
    desk.bus.on('consultation:changed', ({ requestId }) => void seen.push(desk.statusOf(requestId)));
    await calling.answer(desk.cardio, id);
    await calling.endCall(desk.cardio, id);
    await desk.takePublished();
    expect(seen).toEqual(['in_call', 'conclusion_draft']);
  });

  test('are told once when a unit of work had to run again', async () => {
    const once = await createConsultDesk();
    const twice = await createConsultDesk({ store: rerunning(await createTestStore()) });
    const told = [];
    for (const desk of [once, twice]) {
      const id = await desk.call();
      await desk.calling.decline(desk.cardio, id, 'busy', '');
      await desk.calling.answer(desk.cardioTwin, id);
      await desk.calling.endCall(desk.cardioTwin, id);
      told.push((await desk.takePublished()).map(([name]) => name));
    }
    expect(told[0]).not.toEqual([]);
    expect(told[1]).toEqual(told[0]);
  });
});
