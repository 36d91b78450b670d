import { describe, expect, it } from 'vitest';
import { readVitals } from './vitals-entry.ts';

const typed = (text: string, isConfirmed = false) => ({ text, isConfirmed });

describe('readVitals', () => {
  it('takes a comma and a point alike and leaves out what is empty', () => {
    expect(readVitals({ temperature: typed('36,6'), heartRate: typed(' 72 '), weight: typed('') })).toEqual({
      vitals: { temperature: 36.6, heartRate: 72 },
      impossible: [],
      unconfirmed: [],
      isEmpty: false,
    });
  });

  it('asks to confirm what is unusual and still sends it', () => {
    const reading = readVitals({ systolic: typed('182'), spo2: typed('88', true) });
    expect(reading.vitals).toEqual({ systolic: 182, spo2: 88 });
    expect(reading.unconfirmed).toEqual(['systolic']);
  });

  it.each(['1820', '-5', '12a', '1.2.3', '29'])('does not send the typing error %s', (text) => {
    const reading = readVitals({ systolic: typed(text) });
    expect([reading.vitals, reading.impossible]).toEqual([{}, ['systolic']]);
  });

  it('rounds to what the device shows', () => {
    expect(readVitals({ temperature: typed('36.66'), heartRate: typed('71.6') }).vitals).toEqual({
      temperature: 36.7,
      heartRate: 72,
    });
  });

  it('is empty when nothing was typed', () => {
    expect(readVitals({ systolic: typed('  ') }).isEmpty).toBe(true);
  });
});
