import { EMPTY_CARD } from '@jaqyn/shared/consultations/request-card.contract';
import { EMPTY_SUMMARY } from '@jaqyn/shared/patients/patient-summary';
import { newId } from '../src/kernel/ids.ts';
import { type Case, MISSING, type Person, type Row } from './access-row.ts';

const clinical = ['feldsher', 'specialist', 'coordinator'] as const;
const editors = ['coordinator', 'admin'] as const;
const readers = [...clinical, 'admin'] as const;
const byStation: Row = { access: ['feldsher'], seenBy: () => ['feldsher of the station'] };
const patientReaders = ({ isAnswered }: Case): Person[] => [
  'feldsher of the station',
  'coordinator',
  ...(isAnswered ? (['the specialist'] as const) : []),
];
const inviters = ({ isAnswered }: Case): Person[] => [
  'coordinator',
  ...(isAnswered ? (['the specialist'] as const) : []),
];
const takers = ['the specialist', 'specialist it rang at', 'specialist of the specialty'] as const;
const identity = { iin: null, familyName: 'Жоқ', givenName: 'Адам', birthDate: null };
const label = { kk: 'Н', ru: 'П', en: 'P' };
const content = { items: [{ key: 'patient', label, rule: { kind: 'patient' } }] };

/** Routes about what a request carries: summaries, duplicates, protocols, consents, the card. */
export const REQUEST_ROWS: Readonly<Record<string, Row>> = {
  'PUT /api/patients/:patientId/summary': {
    ...byStation,
    payload: () => ({ baseVersion: 0, summary: EMPTY_SUMMARY }),
  },
  'POST /api/patients/duplicates': { access: ['feldsher'], payload: () => identity },
  // Whoever is not identified is not there, at whichever station.
  'POST /api/patients/:patientId/stays': {
    access: ['feldsher'],
    payload: () => ({ id: newId<string>(), kind: 'visiting', reason: 'Сынақ', identity }),
    seenBy: () => [],
  },
  'GET /api/patients/:patientId/observations': { access: clinical, seenBy: patientReaders },
  'GET /api/patient-duplicates': { access: ['coordinator'] },
  'GET /api/patient-merges': { access: ['coordinator'] },
  'POST /api/patient-merges/preview': {
    access: ['coordinator'],
    payload: (_world, { patientId }) => ({ keptId: patientId, mergedId: patientId }),
  },
  'POST /api/patient-merges': {
    access: ['coordinator'],
    payload: (_world, { patientId }) => ({
      id: newId<string>(),
      keptId: patientId,
      mergedId: patientId,
      digest: '0'.repeat(64),
      choices: {},
      reason: 'Сынақ',
    }),
  },
  'POST /api/patient-merges/:mergeId/undo': {
    access: ['coordinator'],
    params: { mergeId: MISSING },
    payload: () => ({ reason: 'Сынақ' }),
    isAboutNobody: true,
  },
  'GET /api/protocols': { access: readers },
  'GET /api/protocol-versions': { access: editors },
  'POST /api/protocol-versions': {
    access: editors,
    payload: () => ({
      id: newId<string>(),
      change: { kind: 'completeness', code: 'cardiology', baseVersion: 7, effectiveFrom: '2030-01-01', content },
    }),
  },
  'POST /api/protocol-previews': { access: editors, payload: () => ({ code: 'cardiology', content }) },
  'GET /api/consent-texts': { access: readers },
  'POST /api/consent-texts': {
    access: editors,
    payload: () => ({
      id: newId<string>(),
      language: 'kk',
      baseVersion: 7,
      text: 'Мәтін',
      effectiveFrom: '2030-01-01',
    }),
  },
  'PUT /api/consultations/:requestId/card': {
    ...byStation,
    payload: () => ({ baseVersion: 9, card: EMPTY_CARD }),
  },
  'POST /api/consultations/:requestId/consents': {
    ...byStation,
    payload: () => ({ kind: 'emergency', id: newId<string>(), reason: 'Есі жоқ' }),
  },
  'GET /api/consultations/:requestId/participants': {
    access: clinical,
    seenBy: ({ state, isAnswered }) => [
      'feldsher of the station',
      'coordinator',
      'specialist it rings at',
      ...(isAnswered ? (['the specialist'] as const) : []),
      ...(state === 'in_triage' ? takers : []),
    ],
  },
  'GET /api/consultations/:requestId/invitable': {
    access: ['specialist', 'coordinator'],
    query: () => ({ type: 'observer' }),
    seenBy: inviters,
  },
  'PUT /api/consultations/:requestId/participants/:participantId': {
    access: ['specialist', 'coordinator'],
    params: { participantId: MISSING },
    payload: ({ neuro }) => ({ userId: neuro.actor.userId, type: 'consultant' }),
    seenBy: inviters,
  },
  'POST /api/consultations/:requestId/participants/:participantId/consent': {
    access: ['feldsher', 'specialist'],
    params: { participantId: MISSING },
    seenBy: ({ isAnswered }) => ['feldsher of the station', ...(isAnswered ? (['the specialist'] as const) : [])],
  },
  'DELETE /api/consultations/:requestId/participants/:participantId': {
    access: clinical,
    params: { participantId: MISSING },
    seenBy: (scene) => ['feldsher of the station', ...inviters(scene)],
  },
  'GET /api/invitations': { access: clinical },
};
