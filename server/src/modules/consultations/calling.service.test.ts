import { describe, expect, test } from 'vitest';
import { createTestServices, RING_SECONDS } from '../../../test/build-services.ts';
import { createConsultDesk, firstRung, MISSING } from '../../../test/consult-desk.ts';
import { createShift, createSpecialist } from '../../../test/factories.ts';
import { rerunning } from '../../../test/rerunning-store.ts';
import { createTestStore } from '../../../test/template-database.ts';
import { openDatabase } from '../../db/open-database.ts';

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
