import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../kernel/time.ts';
import { type LicenceDays, licensedSpans, standingOn } from './licence.ts';

const day = (text: string) => text as CalendarDate;
const licence = (from: string, to: string, withdrawn: string | null = null): LicenceDays => ({
  validFrom: day(from),
  validTo: day(to),
  withdrawnFrom: withdrawn === null ? null : day(withdrawn),
});

describe('licences', () => {
  test('one that follows another without a gap goes on; a gap of a day is a gap', () => {
    const first = licence('2021-12-01', '2026-11-30');
    expect(licensedSpans([licence('2026-12-01', '2031-11-30'), first])).toEqual([
      { from: '2021-12-01', to: '2031-11-30' },
    ]);
    expect(licensedSpans([licence('2026-12-02', '2031-11-30'), first])).toHaveLength(2);
    expect(licensedSpans([licence('2022-01-01', '2023-01-01'), first])).toEqual([
      { from: '2021-12-01', to: '2026-11-30' },
    ]);
  });

  test('withdrawn from a day on it holds until the day before; from its first day on never', () => {
    expect(licensedSpans([licence('2026-01-01', '2026-12-31', '2026-03-01')])).toEqual([
      { from: '2026-01-01', to: '2026-02-28' },
    ]);
    expect(licensedSpans([licence('2026-01-01', '2026-12-31', '2026-01-01')])).toEqual([]);
    // Ended before: a later withdrawal does not make it longer.
    expect(licensedSpans([licence('2026-01-01', '2026-02-01', '2026-12-01')])).toEqual([
      { from: '2026-01-01', to: '2026-02-01' },
    ]);
  });

  test('says how somebody stands today', () => {
    const on = (...licences: LicenceDays[]) => standingOn(licences, day('2026-11-23'));
    expect(on()).toEqual({ standing: 'none', until: null });
    expect(on(licence('2026-01-01', '2026-11-22'))).toEqual({ standing: 'ended', until: null });
    expect(on(licence('2026-11-24', '2027-11-22'))).toEqual({ standing: 'ended', until: null });
    expect(on(licence('2026-01-01', '2026-11-23'))).toEqual({ standing: 'ending', until: '2026-11-23' });
    expect(on(licence('2026-01-01', '2026-12-22'))).toEqual({ standing: 'ending', until: '2026-12-22' });
    expect(on(licence('2026-01-01', '2026-12-23'))).toEqual({ standing: 'valid', until: '2026-12-23' });
  });
});
