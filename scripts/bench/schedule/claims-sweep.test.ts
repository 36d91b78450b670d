import { expect, it } from 'vitest';
import { type Claim, countOverlaps } from './claims-sweep.ts';
import type { ResourceKind } from './history.ts';

const claim = (kind: ResourceKind, from: number, to: number, resourceId = 'x'): Claim => ({
  kind,
  resourceId,
  from,
  to,
  holderId: `${from}`,
});
const count = (...claims: Claim[]) => countOverlaps(claims, (kind) => (kind === 'station' ? 2 : 1));
const none = { slot: 0, practitioner: 0, patient: 0, station: 0 };

it('finds nothing where one follows the other, and where two are of two', () => {
  expect(count(claim('practitioner', 20, 40), claim('practitioner', 0, 20))).toEqual(none);
  expect(count(claim('patient', 0, 20), claim('patient', 0, 20, 'y'))).toEqual(none);
  expect(count(claim('station', 0, 20), claim('station', 10, 30), claim('station', 20, 40))).toEqual(none);
});

it('tells who is in too many places', () => {
  expect(count(claim('practitioner', 0, 20), claim('practitioner', 0, 20))).toEqual({ ...none, slot: 1 });
  expect(count(claim('practitioner', 0, 20), claim('practitioner', 19, 30))).toEqual({ ...none, practitioner: 1 });
  expect(count(claim('patient', 0, 60), claim('patient', 10, 20), claim('patient', 30, 40))).toEqual({
    ...none,
    patient: 2,
  });
  expect(count(claim('station', 0, 20), claim('station', 5, 20), claim('station', 10, 20))).toEqual({
    ...none,
    station: 1,
  });
});
