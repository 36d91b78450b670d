import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { FoundSlot } from '@jaqyn/shared/scheduling/board.contract';
import { expect, it } from 'vitest';
import { earliestPlaces } from './earliest-groups.ts';

const found = (id: string, startsAt: string): FoundSlot => ({
  practitioner: {
    id: id as PractitionerId,
    displayName: id,
    organizationName: { kk: '', ru: '', en: '' },
  },
  region: null,
  service: 'cardiology-video' as FoundSlot['service'],
  startsAt: startsAt as FoundSlot['startsAt'],
  endsAt: startsAt as FoundSlot['endsAt'],
  speaksLanguage: null,
  missingEquipment: [],
  isAfterTreatBy: false,
});
const near = found('near', '2026-11-24T05:00:00.000Z');
const sooner = found('sooner', '2026-11-23T05:00:00.000Z');
const later = found('later', '2026-11-25T05:00:00.000Z');

it('goes outside the oblast only for something earlier', () => {
  expect(earliestPlaces([sooner, near, later], [near])).toEqual({ near: [near], far: [sooner] });
});

it('offers the whole country where the oblast has nobody, or is not known', () => {
  expect(earliestPlaces([sooner, later], [])).toEqual({ near: [], far: [sooner, later] });
  expect(earliestPlaces([sooner], undefined)).toEqual({ near: [], far: [sooner] });
});
