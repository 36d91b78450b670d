import { CONSULTATION_STATES, type ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import type { ParticipantType } from '@jaqyn/shared/consultations/participant.contract';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../kernel/actor.ts';
import { type ConsultationAction, mayDo } from './consultation.policy.ts';

const PEOPLE = {
  station: { role: 'feldsher', stationId: 's1' },
  'other station': { role: 'feldsher', stationId: 's2' },
  'the specialist': { role: 'specialist', practitionerId: 'p1', specialty: 'cardiology' },
  rung: { role: 'specialist', practitionerId: 'p2', specialty: 'cardiology' },
  colleague: { role: 'specialist', practitionerId: 'p3', specialty: 'cardiology' },
  'other specialty': { role: 'specialist', practitionerId: 'p4', specialty: 'neurology' },
  coordinator: { role: 'coordinator' },
  admin: { role: 'admin' },
  analyst: { role: 'analyst' },
  // Rights come with the role, whatever else is in the row.
  'feldsher without a station': { role: 'feldsher' },
  'specialist without a practitioner': { role: 'specialist', specialty: 'cardiology' },
  'coordinator with a station': { role: 'coordinator', stationId: 's1', practitionerId: 'p1' },
  'admin with a station': { role: 'admin', stationId: 's1', practitionerId: 'p1', specialty: 'cardiology' },
} as const satisfies Record<string, Partial<Record<keyof Actor, string>>>;
type Person = keyof typeof PEOPLE;

const RINGING: ConsultationState[] = ['ringing', 'escalated'];
const ROOM: ConsultationState[] = [
  'in_call',
  'interrupted',
  'conclusion_draft',
  'awaiting_signature',
  'signed',
  'delivered',
];

/** Who may, apart from the state; written by hand against consultation.policy.ts. */
const ALLOWED: Record<ConsultationAction, (state: ConsultationState) => readonly Person[]> = {
  read: (state) => [
    'station',
    'the specialist',
    'rung',
    'coordinator',
    'coordinator with a station',
    ...(state === 'in_triage' ? (['colleague'] as const) : []),
  ],
  answer: (state) => ['the specialist', 'rung', ...(state === 'in_triage' ? (['colleague'] as const) : [])],
  decline: (state) => (RINGING.includes(state) ? ['rung'] : []),
  act_as_station: () => ['station'],
  cancel: () => ['station', 'coordinator', 'coordinator with a station'],
  add_observations: () => ['station', 'the specialist'],
  end_call: () => ['the specialist'],
  write_conclusion: () => ['the specialist'],
  read_signed_conclusion: () => ['station', 'the specialist', 'coordinator', 'coordinator with a station'],
  read_evidence: () => ['the specialist', 'coordinator', 'coordinator with a station', 'admin', 'admin with a station'],
  join_room: (state) => [
    ...([...RINGING, ...ROOM].includes(state) ? (['station'] as const) : []),
    ...(ROOM.includes(state) ? (['the specialist'] as const) : []),
  ],
  chat: () => ['station', 'the specialist'],
  triage: (state) => [
    'coordinator',
    'coordinator with a station',
    ...(state === 'in_triage' ? (['the specialist', 'rung', 'colleague'] as const) : []),
    ...(['async_assigned', 'info_requested'].includes(state) ? (['the specialist'] as const) : []),
  ],
  invite: () => ['the specialist', 'coordinator', 'coordinator with a station'],
  send_out: () => ['station', 'the specialist', 'coordinator', 'coordinator with a station'],
  note_consent: () => ['station', 'the specialist'],
  turn: () => ['station', 'the specialist', 'coordinator', 'coordinator with a station'],
};
const ACTIONS = Object.keys(ALLOWED) as ConsultationAction[];

function actor(person: Person): Actor {
  return { stationId: null, practitionerId: null, specialty: null, ...PEOPLE[person] } as unknown as Actor;
}

describe.each(CONSULTATION_STATES)('%s', (status) => {
  const facts = {
    status,
    stationId: 's1',
    specialty: 'cardiology',
    isPlanned: false,
    practitionerId: 'p1',
    ringingPractitionerIds: ['p2'],
    participation: null,
  };

  test.each(ACTIONS)('%s', (action) => {
    const may = (Object.keys(PEOPLE) as Person[]).filter((person) => mayDo(actor(person), action, facts));
    expect(may.sort()).toEqual([...ALLOWED[action](status)].sort());
  });
});

test('a request nobody has answered is no specialist’s by having none', () => {
  const facts = {
    status: 'ringing',
    stationId: 's1',
    specialty: 'cardiology',
    isPlanned: false,
    practitionerId: null,
    ringingPractitionerIds: [],
    participation: null,
  } as const;
  for (const person of ['the specialist', 'rung', 'colleague', 'specialist without a practitioner'] as const) {
    for (const action of ACTIONS) expect(mayDo(actor(person), action, facts), `${person}: ${action}`).toBe(false);
  }
});

test('what is to be planned is no specialist’s to take', () => {
  const facts = {
    status: 'in_triage',
    stationId: 's1',
    specialty: 'cardiology',
    isPlanned: true,
    practitionerId: null,
    ringingPractitionerIds: [],
    participation: null,
  } as const;
  const may = (action: ConsultationAction) =>
    (Object.keys(PEOPLE) as Person[]).filter((person) => mayDo(actor(person), action, facts));
  expect(may('read')).toEqual(['station', 'coordinator', 'coordinator with a station']);
  expect(may('answer')).toEqual([]);
});

test('who is asked in may be in the room while the call goes on, and only a further specialist sees the card', () => {
  const may = (person: Person, participation: ParticipantType, status: ConsultationState) =>
    ACTIONS.filter((action) =>
      mayDo(actor(person), action, {
        status,
        stationId: 's1',
        specialty: 'cardiology',
        isPlanned: false,
        practitionerId: 'p1',
        ringingPractitionerIds: [],
        participation,
      }),
    ).sort();
  for (const status of CONSULTATION_STATES) {
    const isOn = status === 'in_call' || status === 'interrupted';
    expect(may('other specialty', 'consultant', status)).toEqual(isOn ? ['chat', 'join_room', 'read'] : []);
    expect(may('other specialty', 'interpreter', status)).toEqual(isOn ? ['join_room'] : []);
    expect(may('other station', 'observer', status)).toEqual(isOn ? ['join_room'] : []);
    // A part that somebody without a practitioner could not have been given opens nothing.
    expect(may('other station', 'consultant', status)).toEqual(isOn ? ['join_room'] : []);
  }
});
