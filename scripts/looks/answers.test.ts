import { describe, expect, it } from 'vitest';
import { emptied, filled, isAlwaysAnswered } from './answers.ts';

const ANSWER = {
  total: 2,
  next: 'further',
  requests: [
    {
      id: '0193a1b2-0000-7000-8000-00000000000a',
      version: 3,
      patient: { familyName: 'Ахметов' },
      link: '/requests/0193a1b2-0000-7000-8000-00000000000a',
      parts: ['p'],
    },
    {
      id: '0193a1b2-0000-7000-8000-00000000000b',
      version: 1,
      patient: { familyName: 'Ким' },
      link: '/requests/0193a1b2-0000-7000-8000-00000000000b',
      parts: [],
    },
  ],
};

describe('emptied', () => {
  it('ends every list of things and counts nothing, and leaves the rest', () => {
    expect(emptied(ANSWER)).toEqual({ total: 0, next: null, requests: [] });
    expect(emptied({ hasMore: true, patient: { sex: 'female', allergies: ['x'] }, version: 4 })).toEqual({
      hasMore: false,
      patient: { sex: 'female', allergies: ['x'] },
      version: 4,
    });
  });
});

describe('filled', () => {
  it('repeats what is there under ids of its own, with long names', () => {
    const { requests, total } = filled(ANSWER) as typeof ANSWER;
    expect([requests.length, total]).toEqual([40, 40]);
    expect(new Set(requests.map(({ id }) => id)).size).toBe(40);
    for (const { id, link, patient } of requests) {
      expect(link).toBe(`/requests/${id}`);
      expect(patient.familyName.length).toBeGreaterThan(20);
    }
  });

  it('makes what people write long, and leaves codes', () => {
    const { reason, decline } = filled({ reason: 'A rash', decline: { reason: 'other' } }) as Record<string, unknown>;
    expect(String(reason).length).toBeGreaterThan(200);
    expect(decline).toEqual({ reason: 'other' });
  });

  it('makes nothing of nothing', () => {
    expect(filled({ requests: [], total: 0 })).toEqual({ requests: [], total: 0 });
  });
});

it('keeps who somebody is, and nothing that a screen is about', () => {
  expect(isAlwaysAnswered('/api/session')).toBe(true);
  expect(isAlwaysAnswered('/api/stations/mine')).toBe(true);
  expect(isAlwaysAnswered('/api/stations/1/kit')).toBe(false);
  expect(isAlwaysAnswered('/api/consultations')).toBe(false);
});
