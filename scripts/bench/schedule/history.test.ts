import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../seed/random.ts';
import { type Attempt, type Change, type Committed, checkHistory, type Look, type Outcome } from './history.ts';

// Requests a1 and a2 are of one patient at one station with one camera, b1 and c1 of others at a station with two.
const facts = {
  of: (requestId: string) => {
    const isA = requestId.startsWith('a');
    return { patientId: requestId[0] ?? '', stationId: isA ? 'near' : 'far', cameras: isA ? 1 : 2 };
  },
};
const nine = { practitionerId: 'p', span: { from: 540, to: 560 } };
const ten = { practitionerId: 'p', span: { from: 600, to: 620 } };
const nineOfQ = { practitionerId: 'q', span: { from: 550, to: 570 } };

const book = (requestId: string, target = nine) => ({
  requestId,
  change: { kind: 'book', appointmentId: `A-${requestId}`, target } as Change,
});
const move = (requestId: string, version: number, target = ten) => ({
  requestId,
  change: { kind: 'move', appointmentId: `A-${requestId}`, version, target } as Change,
});
const cancel = (requestId: string, version: number) => ({
  requestId,
  change: { kind: 'cancel', appointmentId: `A-${requestId}`, version } as Change,
});
const won = (version: number): Outcome => ({ kind: 'won', version });
const blocked = (kind: 'practitioner' | 'patient' | 'station'): Outcome => ({
  kind: 'refused',
  refusal: { why: 'blocked', kind },
});
const refused = (why: 'live' | 'stale'): Outcome => ({ kind: 'refused', refusal: { why } });
const unknown: Outcome = { kind: 'unknown' };

type Line = [
  operationId: string,
  invoked: number,
  answered: number,
  what: { requestId: string; change: Change },
  outcome: Outcome,
];

function check(lines: Line[], order: string, looks: Look[] = []) {
  const attempts = lines.map(
    ([operationId, invoked, answered, what, outcome]): Attempt => ({
      operationId,
      invoked,
      answered,
      ...what,
      outcome,
    }),
  );
  const committed = order
    .split(' ')
    .filter(Boolean)
    .map((entry): Committed => {
      const [operationId = '', version] = entry.split(':');
      const outcome = attempts.find((attempt) => attempt.operationId === operationId)?.outcome;
      return {
        operationId,
        version: version === undefined ? (outcome?.kind === 'won' ? outcome.version : 0) : Number(version),
      };
    });
  return checkHistory({ attempts, looks, committed, facts });
}

describe('a history that is right', () => {
  it.each<[string, Line[], string, Look[]?]>([
    ['nothing at all', [], ''],
    [
      'one after the other',
      [
        ['1', 0, 1, book('a1'), won(2)],
        ['2', 2, 3, move('a1', 2), won(3)],
        ['3', 4, 5, book('b1'), won(2)],
        ['4', 6, 7, cancel('a1', 3), won(4)],
        ['5', 8, 9, book('c1', ten), won(2)],
      ],
      '1 2 3 4 5',
    ],
    [
      'two at once, one of them refused',
      [
        ['1', 0, 9, book('a1'), won(2)],
        ['2', 0, 9, book('b1'), blocked('practitioner')],
      ],
      '1',
    ],
    [
      'refused before the winner was told',
      [
        ['1', 0, 9, book('a1'), won(2)],
        ['2', 1, 2, book('b1'), blocked('practitioner')],
      ],
      '1',
    ],
    [
      'refused for a patient and a camera',
      [
        ['1', 0, 1, book('a1'), won(2)],
        ['2', 2, 3, book('a2', nineOfQ), blocked('patient')],
        ['3', 4, 5, book('a2', nineOfQ), blocked('station')],
      ],
      '1',
    ],
    [
      'two cameras for two',
      [
        ['1', 0, 1, book('b1'), won(2)],
        ['2', 2, 3, book('c1', nineOfQ), won(2)],
      ],
      '1 2',
    ],
    [
      'in another order than asked, while they overlap',
      [
        ['1', 0, 9, book('b1'), won(2)],
        ['2', 1, 8, book('a1'), won(2)],
        ['3', 2, 7, cancel('a1', 2), won(3)],
      ],
      '2 3 1',
    ],
    [
      'one that nobody waited for and that happened late',
      [
        ['1', 0, Infinity, book('a1'), unknown],
        ['2', 1, 2, book('b1'), won(2)],
        ['3', 3, 4, cancel('b1', 2), won(3)],
        ['4', 5, 6, book('c1'), blocked('practitioner')],
      ],
      '2 3 1:2',
    ],
    [
      'one that nobody waited for and that never happened',
      [
        ['1', 0, Infinity, book('a1'), unknown],
        ['2', 1, 2, book('b1'), won(2)],
      ],
      '2',
    ],
    [
      'an old version',
      [
        ['1', 0, 1, book('a1'), won(2)],
        ['2', 2, 9, move('a1', 2), won(3)],
        ['3', 3, 8, cancel('a1', 2), refused('stale')],
        ['4', 10, 11, book('a1'), refused('live')],
      ],
      '1 2',
    ],
    [
      'a move that lands on its own time',
      [
        ['1', 0, 1, book('a1'), won(2)],
        ['2', 2, 3, move('a1', 2, nine), won(3)],
      ],
      '1 2',
    ],
    [
      'looks before, between and after',
      [['1', 2, 5, book('a1'), won(2)]],
      '1',
      [
        { invoked: 0, answered: 1, requestId: 'a1', appointmentId: 'A-a1', version: null },
        { invoked: 3, answered: 4, requestId: 'a1', appointmentId: 'A-a1', version: null },
        { invoked: 3, answered: 4, requestId: 'a1', appointmentId: 'A-a1', version: 2 },
        { invoked: 6, answered: 7, requestId: 'a1', appointmentId: 'A-a1', version: 2 },
      ],
    ],
  ])('%s', (_, lines, order, looks) => {
    expect(check(lines, order, looks)).toMatchObject({ faults: [], faultCount: 0, lostAcks: 0 });
  });

  it('leaves what is held in the end', () => {
    const lines: Line[] = [
      ['1', 0, 1, book('b1'), won(2)],
      ['2', 2, 3, book('c1', nineOfQ), won(2)],
      ['3', 4, 5, cancel('b1', 2), won(3)],
    ];
    expect(check(lines, '1 2 3').holds).toEqual([
      'patient c 0 550 570 A-c1',
      'practitioner q 0 550 570 A-c1',
      'station far 1 550 570 A-c1',
    ]);
  });
});

describe('a history that is wrong', () => {
  it.each<[string, Line[], string, Look[], string]>([
    [
      'one slot for two',
      [
        ['1', 0, 1, book('a1'), won(2)],
        ['2', 2, 3, book('b1'), won(2)],
      ],
      '1 2',
      [],
      'practitioner p was taken',
    ],
    [
      'a patient in two places',
      [
        ['1', 0, 1, book('a1'), won(2)],
        ['2', 2, 3, book('a2', nineOfQ), won(2)],
      ],
      '1 2',
      [],
      'patient a was taken',
    ],
    ['acknowledged and gone', [['1', 0, 1, book('a1'), won(2)]], '', [], 'acknowledged'],
    ['kept in another version than told', [['1', 0, 1, book('a1'), won(2)]], '1:3', [], 'acknowledged'],
    ['refused and yet done', [['1', 0, 1, book('a1'), blocked('practitioner')]], '1:2', [], 'refused and yet done'],
    ['done out of nothing', [], '7:2', [], 'nobody asked'],
    [
      'a change on an old version',
      [
        ['1', 0, 1, book('a1'), won(2)],
        ['2', 2, 3, move('a1', 2), won(3)],
        ['3', 4, 5, cancel('a1', 2), won(4)],
      ],
      '1 2 3',
      [],
      'made on 2 when it was 3',
    ],
    [
      'two appointments of one request',
      [
        ['1', 0, 1, book('a1'), won(2)],
        ['2', 2, 3, book('a1', ten), won(2)],
      ],
      '1 2',
      [],
      'the request had an appointment',
    ],
    [
      'the past changed after its answer',
      [
        ['1', 0, 1, book('a1'), won(2)],
        ['2', 2, 3, cancel('a1', 2), won(3)],
        ['3', 8, 9, book('b1'), won(2)],
      ],
      '3 1 2',
      [],
      'before it was asked for',
    ],
    [
      'refused while it was free',
      [
        ['1', 0, 1, book('a1'), won(2)],
        ['2', 2, 3, cancel('a1', 2), won(3)],
        ['3', 4, 5, book('b1'), blocked('practitioner')],
      ],
      '1 2',
      [],
      'the refusal of 3',
    ],
    [
      'refused for a camera while another was free',
      [
        ['1', 0, 1, book('b1'), won(2)],
        ['2', 2, 3, book('c1', nineOfQ), blocked('station')],
      ],
      '1',
      [],
      'the refusal of 2',
    ],
    [
      'refused for its own time',
      [
        ['1', 0, 1, book('a1'), won(2)],
        ['2', 2, 3, move('a1', 2, nine), blocked('practitioner')],
      ],
      '1',
      [],
      'the refusal of 2',
    ],
    [
      'called old while it was not',
      [
        ['1', 0, 1, book('a1'), won(2)],
        ['2', 2, 3, cancel('a1', 2), refused('stale')],
      ],
      '1',
      [],
      'the refusal of 2',
    ],
    [
      'refused without a reason of the rules',
      [['1', 0, 1, book('a1'), { kind: 'refused', refusal: { why: 'unexpected', code: 'server.internal' } }]],
      '',
      [],
      'the refusal of 1',
    ],
    [
      'an old look after a newer one',
      [['1', 0, 9, book('a1'), won(2)]],
      '1',
      [
        { invoked: 1, answered: 2, requestId: 'a1', appointmentId: 'A-a1', version: 2 },
        { invoked: 3, answered: 4, requestId: 'a1', appointmentId: 'A-a1', version: null },
      ],
      'what was seen of A-a1',
    ],
    [
      'a look that missed what was acknowledged',
      [['1', 0, 1, book('a1'), won(2)]],
      '1',
      [{ invoked: 2, answered: 3, requestId: 'a1', appointmentId: 'A-a1', version: null }],
      'what was seen of A-a1',
    ],
    [
      'a refusal whose reason another refusal rules out',
      [
        ['1', 0, 20, book('a1'), won(2)],
        ['2', 1, 20, cancel('a1', 2), won(3)],
        // At 2 it was taken and given back, for who was seen waiting at 4 there was nothing yet.
        ['3', 2, 3, cancel('a1', 2), refused('stale')],
        ['4', 4, 5, book('b1'), blocked('practitioner')],
      ],
      '1 2',
      [],
      'the refusal of 4',
    ],
  ])('%s', (_, lines, order, looks, fault) => {
    const { faults } = check(lines, order, looks);
    expect(faults.join('\n')).toContain(fault);
  });

  it('tells overlaps by kind', () => {
    const lines: Line[] = [
      ['1', 0, 1, book('a1'), won(2)],
      ['2', 0, 1, book('b1'), won(2)],
      ['3', 0, 1, book('a2', nineOfQ), won(2)],
    ];
    expect(check(lines, '1 2 3').overlaps).toEqual({ slot: 1, practitioner: 0, patient: 1, station: 1 });
  });
});

interface Booked {
  appointmentId: string;
  version: number;
  target: typeof nine;
}

/** A schedule that takes one operation after the other, with clients that wait for each answer: right by construction. */
function simulate(seed: number): { attempts: Attempt[]; committed: Committed[]; looks: Look[] } {
  const random = new Random(`history ${seed}`);
  const live = new Map<string, Booked>();
  const attempts: Attempt[] = [];
  const committed: Committed[] = [];
  const looks: Look[] = [];
  let now = 0;
  for (let n = 0; n < 60; n += 1) {
    // The moment it happens lies somewhere between question and answer, and questions and answers of others in between.
    now += 10;
    const times = { invoked: now - random.int(0, 40), answered: now + random.int(0, 40) };
    const requestId = random.pick(['a1', 'a2', 'b1', 'c1']);
    const mine = live.get(requestId);
    if (random.chance(0.2)) {
      const { appointmentId, version } = mine ?? { appointmentId: 'never', version: null };
      looks.push({ ...times, requestId, appointmentId, version });
      continue;
    }
    const target = random.pick([nine, ten, nineOfQ]);
    const version = random.chance(0.8) ? (mine?.version ?? 1) : 1;
    const appointmentId = mine?.appointmentId ?? '';
    const change = random.pick<Change>([
      { kind: 'book', appointmentId: `A-${n}`, target },
      { kind: 'move', appointmentId, version, target },
      { kind: 'cancel', appointmentId, version },
    ]);
    const outcome = decide(live, requestId, change);
    if (outcome === undefined) continue;
    const operationId = String(n);
    const isUnknown = random.chance(0.1);
    attempts.push({
      operationId,
      ...times,
      answered: isUnknown ? Infinity : times.answered,
      requestId,
      change,
      outcome: isUnknown ? unknown : outcome,
    });
    if (outcome.kind === 'won') committed.push({ operationId, version: outcome.version });
  }
  return { attempts, committed, looks };
}

/** What the rules say, written down a second time and more plainly: everybody who is booked is looked at. */
function decide(live: Map<string, Booked>, requestId: string, change: Change): Outcome | undefined {
  const mine = live.get(requestId);
  if (change.kind === 'book' && mine !== undefined) return refused('live');
  if (change.kind !== 'book') {
    // Nobody asks for what was never there.
    if (mine === undefined) return undefined;
    if (mine.version !== change.version) return refused('stale');
  }
  const version = (mine?.version ?? 1) + 1;
  if (change.kind === 'cancel') {
    live.delete(requestId);
    return won(version);
  }
  const own = facts.of(requestId);
  for (const kind of ['practitioner', 'patient', 'station'] as const) {
    const others = [...live].filter(([id, { target }]) => {
      const their = facts.of(id);
      const isSame = {
        practitioner: target.practitionerId === change.target.practitionerId,
        patient: their.patientId === own.patientId,
        station: their.stationId === own.stationId,
      }[kind];
      const { from, to } = target.span;
      return id !== requestId && isSame && from < change.target.span.to && change.target.span.from < to;
    });
    if (others.length >= (kind === 'station' ? own.cameras : 1)) return blocked(kind);
  }
  live.set(requestId, { appointmentId: change.appointmentId, version, target: change.target });
  return won(version);
}

it('finds nothing wrong with any run of a schedule that does one thing after the other', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      expect(checkHistory({ ...simulate(seed), facts }).faults).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('sees when a winner of such a run is made to vanish or to come twice', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const run = simulate(seed);
      const acknowledged = run.committed.filter(({ operationId }) =>
        run.attempts.some((attempt) => attempt.operationId === operationId && attempt.outcome.kind === 'won'),
      );
      fc.pre(acknowledged.length > 0);
      const victim = acknowledged[Math.abs(seed) % acknowledged.length];
      const without = run.committed.filter((one) => one !== victim);
      expect(checkHistory({ ...run, committed: without, facts }).lostAcks).toBe(1);
      const twice = [...run.committed, ...(victim === undefined ? [] : [victim])];
      expect(checkHistory({ ...run, committed: twice, facts }).faultCount).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});
