import { describe, expect, test } from 'vitest';
import { createTestServices, RING_SECONDS } from '../../../test/build-services.ts';
import { createConsultDesk, firstRung, MISSING } from '../../../test/consult-desk.ts';
import { createSpecialist } from '../../../test/factories.ts';
import { openDatabase } from '../../db/open-database.ts';

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
