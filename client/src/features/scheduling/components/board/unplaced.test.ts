import type { AppointmentId, PatientId, RequestId, SpecialtyCode, StationId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { UnplacedRequest } from '@jaqyn/shared/scheduling/waitlist.contract';
import { expect, it } from 'vitest';
import { canPickUp } from './drop-meaning.ts';
import { latestOf, toWaiter } from './unplaced.ts';

const request: UnplacedRequest = {
  requestId: 'r1' as RequestId,
  requestNumber: 'J-1',
  requestStatus: 'in_triage',
  isPlanned: true,
  urgency: 'routine',
  specialty: 'cardiology' as SpecialtyCode,
  reason: 'боль',
  patient: { id: 'p1' as PatientId, shortName: 'Сәрсен А.', birthDate: '1970-01-01' as never, sex: 'female' },
  station: { id: 's1' as StationId, name: { kk: 'а', ru: 'а', en: 'a' }, phone: '' },
  askedAt: '2026-11-20T04:00:00.000Z' as Instant,
  treatBy: '2026-12-01T04:00:00.000Z' as Instant,
  isOverdue: false,
};
const held = toWaiter(request, 'a1' as AppointmentId);

it('can be picked up like a waiter', () => {
  expect(canPickUp(held)).toBe(true);
  expect(held).toMatchObject({ id: 'a1', requestId: 'r1', status: 'waitlist', startsAt: null, version: 0 });
});

it('is what somebody else has made of the request meanwhile', () => {
  const booked = { ...held, id: 'a2' as AppointmentId, status: 'booked' as const, version: 1 };
  expect(latestOf(held, [booked], canPickUp)).toBe(booked);
  // One that is over belongs to the same request, and is not what is in the hand.
  expect(latestOf(held, [{ ...booked, status: 'cancelled', version: 3 }], canPickUp)).toBe(held);
  expect(latestOf(held, [{ ...booked, requestId: 'r2' as RequestId }], canPickUp)).toBe(held);
  // Something that has an appointment is followed by it alone.
  expect(latestOf(booked, [{ ...booked, id: 'a3' as AppointmentId, version: 9 }], canPickUp)).toBe(booked);
  expect(latestOf(booked, [{ ...booked, version: 2 }], canPickUp).version).toBe(2);
});
