import type { OperationId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { afterEach, expect, it } from 'vitest';
import { offerUndo, undoOffer, undoSecondsLeft } from './undo-offer.ts';

const UNTIL = '2026-11-24T04:00:10.000Z' as Instant;
const receipt = { operationId: 'o' as OperationId, at: UNTIL, appointments: [], undoUntil: UNTIL };

afterEach(() => undoOffer.set(null));

it('counts the seconds that are left by the server, and ends with them', () => {
  const start = Date.parse('2026-11-24T04:00:00.000Z') / 1000;
  expect([0, 9, 10, 11].map((passed) => undoSecondsLeft(UNTIL, start + passed))).toEqual([10, 1, 0, 0]);
});

it('offers only what the server takes back, the newest change', () => {
  const started = () => 'started';
  offerUndo(receipt, () => 'booked');
  offerUndo({ ...receipt, operationId: 'p' as OperationId, undoUntil: null }, started);
  expect(undoOffer.get()).toEqual({ operationId: 'p', until: null, appointmentIds: [], words: started });
});
