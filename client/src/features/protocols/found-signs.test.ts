import type { ProtocolVersionId } from '@jaqyn/shared/kernel/ids';
import type { DangerProtocol } from '@jaqyn/shared/protocols/protocol.contract';
import { describe, expect, it } from 'vitest';
import { raisedByFound, toDangerCheck } from './found-signs.ts';

const text = { kk: 'а', ru: 'б', en: 'c' };
const ID = '01940000-0000-7000-8000-00000000500d' as ProtocolVersionId;
const PROTOCOL = {
  id: ID,
  kind: 'danger_signs',
  code: 'pregnancy',
  version: 1,
  effectiveFrom: '2026-01-01',
  createdAt: '2026-01-01T00:00:00.000Z',
  content: {
    title: text,
    applies: { fromDays: 0, toDays: null, pregnancy: null },
    signs: [
      { key: 'swelling', text, raisesTo: 'urgent' },
      { key: 'pressure', text, raisesTo: 'stat', vital: { code: 'systolic', is: 'at_least', value: 160 } },
    ],
  },
} as DangerProtocol;

describe('signs that were looked for', () => {
  it('nobody looked: nothing is sent, unless what was measured shows one', () => {
    expect(toDangerCheck([PROTOCOL], null, {}, '')).toBeUndefined();
    expect(toDangerCheck([], {}, {}, '')).toBeUndefined();
    expect(toDangerCheck([PROTOCOL], null, { systolic: 170 }, '')).toEqual({
      protocols: [{ id: ID, signs: ['pressure'] }],
      overrideReason: '',
    });
  });

  it('none of them is an answer', () => {
    expect(toDangerCheck([PROTOCOL], {}, { systolic: 120 }, '')).toEqual({
      protocols: [{ id: ID, signs: [] }],
      overrideReason: '',
    });
    expect(raisedByFound([PROTOCOL], {}, { systolic: 120 })).toBeUndefined();
  });

  it('what was ticked and what was measured count together; of another protocol nothing does', () => {
    const found = { [ID]: ['swelling'], other: ['pressure'] };
    expect(raisedByFound([PROTOCOL], found, {})).toBe('urgent');
    expect(raisedByFound([PROTOCOL], found, { systolic: 160 })).toBe('stat');
    expect(toDangerCheck([PROTOCOL], found, { systolic: 160 }, 'x')?.protocols).toEqual([
      { id: ID, signs: ['swelling', 'pressure'] },
    ]);
  });
});
