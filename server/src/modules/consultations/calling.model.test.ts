import { isIn, RINGING_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RING_SECONDS } from '../../../test/build-services.ts';
import { type ConsultDesk, createConsultDesk } from '../../../test/consult-desk.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';

const MISSING = '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as RequestId;
const SPECIALISTS = ['cardio', 'cardioTwin', 'cardioBackup', 'neuro'] as const;

type Step =
  | { do: 'call' }
  | { do: 'escalate' }
  | { do: 'wait'; seconds: number }
  | { do: 'answer' | 'decline' | 'end'; who: (typeof SPECIALISTS)[number]; which: number }
  | { do: 'cancel' | 'callAgain'; which: number }
  | { do: 'presence'; which: number; both: boolean }
  | { do: 'available'; who: (typeof SPECIALISTS)[number]; on: boolean };

const who = fc.constantFrom(...SPECIALISTS);
const which = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ do: 'call' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, RING_SECONDS) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'escalate' as const }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom('answer' as const, 'decline' as const, 'end' as const), who, which }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'callAgain' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('presence' as const), which, both: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('available' as const), who, on: fc.boolean() }) },
);

async function run(desk: ConsultDesk, ids: RequestId[], step: Step): Promise<unknown> {
  const { calling, consultations, staff, clock } = desk;
  // An id of nothing where there are fewer requests than that.
  const id = ids['which' in step ? step.which : 0] ?? MISSING;
  switch (step.do) {
    case 'call':
      return ids.length < 3 && ids.push(await desk.call());
    case 'wait':
      return clock.advance(step);
    case 'escalate':
      return calling.escalateDue();
    case 'available':
      return staff.setAvailability(desk.world[step.who].actor, step.on);
    case 'answer':
      return calling.answer(desk.world[step.who].actor, id);
    case 'decline':
      return calling.decline(desk.world[step.who].actor, id, 'busy', '');
    case 'end':
      return calling.endCall(desk.world[step.who].actor, id);
    case 'cancel':
      return consultations.cancel(desk.feldsher, id, 'Тест');
    case 'callAgain':
      return calling.callAgain(desk.feldsher, id);
    case 'presence':
      return calling.roomPresenceChanged(id, step.both);
  }
}

interface Row {
  id: RequestId;
  status: Parameters<typeof isIn>[0];
  ring_deadline: string | null;
  practitioner_id: string | null;
}

/** What must hold after whatever anybody did. */
async function checkAll(desk: ConsultDesk, phones: Map<string, Set<string>>): Promise<void> {
  const inCall: string[] = [];
  for (const row of desk.raw.prepare('select * from service_request').all() as Row[]) {
    const isRinging = isIn(row.status, RINGING_STATES);
    const rings = desk.raw.prepare("select * from ring where request_id = ? and outcome = 'ringing'").all(row.id) as {
      rank: number;
    }[];
    expect(rings.length > 0, `${row.status}: rings`).toBe(isRinging);
    expect(new Set(rings.map(({ rank }) => rank)).size, 'one rung at a time').toBe(isRinging ? 1 : 0);
    expect(row.ring_deadline !== null, `${row.status}: deadline`).toBe(isRinging);
    if (row.status === 'in_call') inCall.push(row.practitioner_id ?? '');

    const users = desk.raw
      .prepare(
        "select user.id from ring join user on user.practitioner_id = ring.practitioner_id where request_id = ? and outcome = 'ringing'",
      )
      .pluck()
      .all(row.id) as string[];
    expect([...(phones.get(row.id) ?? [])].sort(), `${row.status}: phones`).toEqual(users.sort());
  }
  expect(new Set(inCall).size, 'a specialist in one call at most').toBe(inCall.length);
}

/** Rings and falls silent by what was published, as the devices do. */
async function listen(desk: ConsultDesk, phones: Map<string, Set<string>>): Promise<void> {
  for (const [name, payload] of await desk.takePublished()) {
    if (name !== 'ring:started' && name !== 'ring:stopped') continue;
    const ringing = phones.get(payload.requestId) ?? new Set();
    phones.set(payload.requestId, ringing);
    for (const userId of payload.userIds) {
      if (name === 'ring:started') ringing.add(userId);
      else ringing.delete(userId);
    }
  }
}

test('whatever is done in whatever order and at once: phones ring exactly where the database says', async () => {
  let steps = 0;
  let refused = 0;
  await fc.assert(
    // Groups of steps, those of one group at the same time.
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 25 }), async (groups) => {
      const desk = await createConsultDesk();
      const ids: RequestId[] = [await desk.call()];
      const phones = new Map<string, Set<string>>();
      for (const group of groups) {
        const outcomes = await Promise.allSettled(group.map((one) => run(desk, ids, one)));
        for (const outcome of outcomes) {
          steps += 1;
          if (outcome.status === 'fulfilled') continue;
          // Refusals are fine, faults are not.
          expect(outcome.reason).toBeInstanceOf(DomainError);
          refused += 1;
        }
        await listen(desk, phones);
        await checkAll(desk, phones);
      }
      expect(await desk.store.read((tx) => auditLog.findFirstBroken(tx))).toBeUndefined();
      await desk.store.close();
    }),
    { numRuns: 20 },
  );
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(steps);
}, 60_000);
