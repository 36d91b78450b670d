import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { CONSULTATION_STATES, type ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import { expect, it } from 'vitest';
import { stationPlace } from './station-place.ts';

const placeOf = (status: ConsultationState, isPlanned = false) => stationPlace({ status, isPlanned } as Consultation);

it('leads to the time of what is planned, and to the call of what rang', () => {
  expect(placeOf('in_triage', true)).toBe('/requests/$requestId/plan');
  expect(placeOf('in_triage')).toBe('/requests/$requestId/call');
  const planned = CONSULTATION_STATES.filter((status) => placeOf(status).endsWith('/plan'));
  expect(planned.sort()).toEqual(['accepted', 'async_assigned', 'booked', 'checked_in', 'no_show', 'waitlisted']);
});

it('leads to where it stands while it is sorted, asked about or answered in writing', () => {
  for (const status of ['submitted', 'info_requested', 'declined', 'redirected'] as const) {
    expect(placeOf(status)).toBe('/requests/$requestId/status');
  }
  for (const status of ['in_triage', 'async_assigned'] as const) {
    expect(stationPlace({ status, isPlanned: false, isWritten: true } as Consultation)).toBe(
      '/requests/$requestId/status',
    );
  }
});
