import { ROLES, type Role } from '@jaqyn/shared/auth/auth.contract';
import { EMPTY_TEMPLATE_TEXTS } from '@jaqyn/shared/consultations/conclusion-template.contract';
import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import { BUILT_IN_LIMITS } from '@jaqyn/shared/consultations/waiting-limit.contract';
import { FIRST_LIMITS } from '@jaqyn/shared/evidence/judgement';
import type { Database } from 'better-sqlite3';
import type { LightMyRequestResponse } from 'fastify';
import { describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { type Case, type Ids, MISSING, NO_IDS, PEOPLE, type Person, type Row } from './access-row.ts';
import { ATTACHMENT_ROWS } from './access-rows.attachments.ts';
import { REQUEST_ROWS } from './access-rows.requests.ts';
import { insertAppointment, SCHEDULING_ROWS } from './access-rows.scheduling.ts';
import { cookieOf, createTestApp, type Inject } from './build-app.ts';
import { CONCLUSION } from './consult-desk.ts';
import { createUser, LINK_CHECK, newConsultation, newPatient, PASSWORD, type TestUser } from './factories.ts';
import { dumpTables, openRaw } from './raw-database.ts';
import { createWorld, type World } from './world.ts';

const station: Person = 'feldsher of the station';
const readers = ({ state, isAnswered }: Case): Person[] => [
  station,
  'coordinator',
  'specialist it rings at',
  ...(isAnswered ? (['the specialist'] as const) : []),
  ...(state === 'in_triage' ? specialists : []),
];
const specialists = ['the specialist', 'specialist it rang at', 'specialist of the specialty'] as const;
const byStation: Row = { access: ['feldsher'], seenBy: () => [station] };
const bySpecialist: Row = {
  access: ['specialist'],
  seenBy: ({ isAnswered }) => (isAnswered ? ['the specialist'] : []),
};
const sorting: Row = {
  access: ['specialist', 'coordinator'],
  seenBy: ({ state }) => [
    'coordinator',
    ...(state === 'in_triage' ? ([...specialists, 'specialist it rings at'] as const) : []),
  ],
};
const signedReading: Row = {
  access: ['feldsher', 'specialist', 'coordinator'],
  seenBy: ({ isAnswered }) => [station, 'coordinator', ...(isAnswered ? (['the specialist'] as const) : [])],
};
const clinical = ['feldsher', 'specialist', 'coordinator'] as const;
const docs = { access: 'public' } as const;

const CODE_LIST = { csv: 'code,kk,ru,en\nI10,а,б,c', effectiveFrom: '2027-01-01', isComplete: false };

/** Every route of the server with who may use it. A route that is not here fails the test. */
const ROWS: Readonly<Record<string, Row>> = {
  'GET /api/health': { access: 'public' },
  'GET /api/metrics': { access: ['admin'] },
  'GET /api/docs': docs,
  'GET /api/docs/': docs,
  'GET /api/docs/json': docs,
  'GET /api/docs/yaml': docs,

  'POST /api/session': { access: 'public', payload: () => ({ login: 'nobody', password: 'x' }) },
  'GET /api/session': { access: 'signed_in' },
  'DELETE /api/session': { access: 'signed_in' },
  'PUT /api/session/language': { access: 'signed_in', payload: () => ({ language: 'kk' }) },

  'GET /api/audit-entries': { access: ['admin'] },
  'GET /api/stations': { access: ROLES },
  'GET /api/stations/mine': { access: ['feldsher'] },
  'GET /api/specialties': { access: 'signed_in' },
  'GET /api/icd-10': { access: ['feldsher', 'specialist', 'coordinator', 'admin'], query: () => ({ q: 'гипер' }) },
  'GET /api/icd-10/:code': { access: 'signed_in', params: { code: 'I10' }, isAboutNobody: true },
  'GET /api/code-lists/icd-10': { access: ['admin'] },
  'POST /api/code-lists/icd-10/preview': { access: ['admin'], payload: () => CODE_LIST },
  'POST /api/code-lists/icd-10': {
    access: ['admin'],
    payload: () => ({ ...CODE_LIST, sha256: '0'.repeat(64), baseVersion: 1 }),
  },
  'GET /api/conclusion-templates': { access: ['specialist', 'coordinator', 'admin'] },
  'GET /api/conclusion-templates/:templateId/versions': {
    access: ['specialist', 'coordinator', 'admin'],
    params: { templateId: MISSING },
    isAboutNobody: true,
  },
  'PUT /api/conclusion-templates/:templateId': {
    access: ['specialist', 'coordinator', 'admin'],
    params: { templateId: MISSING },
    payload: ({ cardiology }) => ({
      baseVersion: 1,
      specialty: cardiology,
      content: { kk: EMPTY_TEMPLATE_TEXTS, ru: { ...EMPTY_TEMPLATE_TEXTS, title: 'Шаблон' }, en: EMPTY_TEMPLATE_TEXTS },
      isRetired: false,
    }),
    isAboutNobody: true,
  },
  'GET /api/on-call-shifts': {
    access: ['specialist', 'coordinator', 'admin'],
    query: () => ({ from: '2026-11-23T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' }),
  },
  'GET /api/me/availability': { access: ['specialist'] },
  'PUT /api/me/availability': { access: ['specialist'], payload: () => ({ isAvailable: true }) },

  'GET /api/licences': { access: ['admin'] },
  'PUT /api/practitioners/:practitionerId/licences/:licenceId': {
    access: ['admin'],
    params: { practitionerId: MISSING, licenceId: MISSING },
    payload: () => ({ number: 'KZ 1', issuer: 'ДСМ', validFrom: '2026-01-01', validTo: '2030-12-31' }),
    isAboutNobody: true,
  },
  'POST /api/practitioners/:practitionerId/licences/:licenceId/withdraw': {
    access: ['admin'],
    params: { practitionerId: MISSING, licenceId: MISSING },
    payload: () => ({ from: '2026-01-01', reason: 'Қате' }),
    isAboutNobody: true,
  },

  'GET /api/patients': { access: ['feldsher', 'coordinator'] },
  'POST /api/patients': { access: ['feldsher'], payload: () => newPatient() },
  'GET /api/patients/:patientId': {
    access: clinical,
    seenBy: ({ isAnswered }) => [station, 'coordinator', ...(isAnswered ? (['the specialist'] as const) : [])],
  },

  'GET /api/consultations': { access: clinical },
  'POST /api/consultations': {
    access: ['feldsher'],
    payload: ({ cardiology }) => newConsultation({ specialty: cardiology }),
  },
  'POST /api/planned-consultations': {
    access: ['feldsher'],
    payload: ({ cardiology }, { patientId }) => ({
      ...newConsultation({ specialty: cardiology, urgency: 'routine' }),
      patientId,
    }),
    seenBy: () => [station],
  },
  'GET /api/consultations/:requestId/evidence': {
    access: ['specialist', 'coordinator', 'admin'],
    seenBy: ({ isAnswered }) => ['coordinator', 'admin', ...(isAnswered ? (['the specialist'] as const) : [])],
  },
  'GET /api/consultations/:requestId/patient-confirmation': {
    access: clinical,
    seenBy: ({ isAnswered }) => [station, 'coordinator', ...(isAnswered ? (['the specialist'] as const) : [])],
  },
  'PUT /api/consultations/:requestId/patient-confirmations/:confirmationId': {
    access: ['feldsher'],
    params: { confirmationId: MISSING },
    payload: () => ({ answer: 'yes', method: 'pressed', by: 'patient', language: 'kk' }),
    seenBy: () => [station],
  },
  'GET /api/consultations/:requestId': { access: clinical, seenBy: readers },
  'GET /api/consultations/:requestId/consents': { access: clinical, seenBy: readers },
  'GET /api/consultations/:requestId/timeline': { access: clinical, seenBy: readers },
  'GET /api/consultations/:requestId/link-samples': { access: clinical, seenBy: readers },
  'GET /api/consultations/:requestId/messages': { access: clinical, seenBy: readers },
  'GET /api/consultations/:requestId/conclusion': {
    access: clinical,
    seenBy: ({ isAnswered }) => [station, 'coordinator', ...(isAnswered ? (['the specialist'] as const) : [])],
  },
  'POST /api/consultations/:requestId/observations': {
    access: ['feldsher', 'specialist'],
    payload: () => ({ vitals: { spo2: 92 } }),
    seenBy: ({ isAnswered }) => [station, ...(isAnswered ? (['the specialist'] as const) : [])],
  },
  'PUT /api/consultations/:requestId/patient': { ...byStation, payload: ({ patient }) => ({ patientId: patient }) },
  'POST /api/consultations/:requestId/receive': byStation,
  'POST /api/consultations/:requestId/acknowledge': {
    ...byStation,
    payload: () => ({ compositionId: newId(), answers: [] }),
  },
  'PUT /api/consultations/:requestId/teach-back': {
    ...byStation,
    payload: () => ({ compositionId: newId(), baseVersion: 0, answers: [] }),
  },
  'GET /api/consultations/:requestId/teach-back': {
    access: clinical,
    seenBy: ({ isAnswered }) => [station, 'coordinator', ...(isAnswered ? (['the specialist'] as const) : [])],
  },
  'PUT /api/link-checks/:checkId': {
    access: ['feldsher', 'specialist'],
    params: { checkId: MISSING },
    payload: () => LINK_CHECK,
    isAboutNobody: true,
  },
  'GET /api/link-checks': {
    access: clinical,
    query: (_world, { stationId }) => ({ stationId }),
    seenBy: () => [station, 'coordinator'],
  },
  'GET /api/station-links': { access: ['coordinator'] },
  'GET /api/consultation-texts': { access: clinical, query: () => ({ q: 'тест' }) },
  'GET /api/care-tasks': { access: ['feldsher', 'coordinator'] },
  'POST /api/care-tasks/:taskId/finish': {
    access: ['feldsher', 'coordinator'],
    payload: () => ({ version: 1, note: 'Тест' }),
    isAboutNobody: true,
  },
  'POST /api/care-tasks/:taskId/move': {
    access: ['feldsher', 'coordinator'],
    payload: () => ({ version: 1, dueOn: '2999-01-01', reason: 'Тест' }),
    isAboutNobody: true,
  },
  'POST /api/consultations/:requestId/call-again': byStation,
  'POST /api/consultations/:requestId/cancel': {
    access: ['feldsher', 'coordinator'],
    payload: () => ({ reason: 'Тест' }),
    seenBy: () => [station, 'coordinator'],
  },
  'POST /api/consultations/:requestId/accept': {
    access: ['specialist'],
    seenBy: ({ state, isAnswered }) => [
      'specialist it rings at',
      // They know it was there: they are told who was faster.
      ...(isAnswered ? (['the specialist', 'specialist it rang at'] as const) : []),
      // And they are told that it was cancelled.
      ...(state === 'cancelled' ? (['specialist it rang at'] as const) : []),
      ...(state === 'in_triage' ? specialists : []),
    ],
  },
  'POST /api/consultations/:requestId/decline': {
    access: ['specialist'],
    payload: () => ({ reason: 'busy' }),
    seenBy: ({ state }) => (['ringing', 'escalated'].includes(state) ? ['specialist it rings at'] : []),
  },
  'GET /api/consultations/:requestId/candidates': sorting,
  'POST /api/consultations/:requestId/triage/accept': {
    ...sorting,
    payload: () => ({ baseVersion: 1, how: 'booked', practitionerId: null }),
  },
  'POST /api/consultations/:requestId/triage/ask': {
    ...sorting,
    payload: () => ({ baseVersion: 1, id: newId(), question: 'Тест' }),
  },
  'POST /api/consultations/:requestId/triage/decline': {
    ...sorting,
    payload: () => ({ baseVersion: 1, reason: 'duplicate' }),
  },
  'POST /api/consultations/:requestId/triage/redirect': {
    ...sorting,
    payload: ({ neurology }) => ({ baseVersion: 1, specialty: neurology, region: null, reason: 'wrong_specialty' }),
  },
  // Of what one has decided oneself: nobody has decided anything here.
  'POST /api/consultations/:requestId/triage/undo': { ...sorting, seenBy: () => [] },
  'POST /api/consultations/:requestId/questions/:questionId/answer': {
    access: ['feldsher'],
    params: { questionId: MISSING },
    payload: () => ({ answer: 'Тест' }),
    seenBy: () => [station],
  },
  'POST /api/consultations/:requestId/turn': {
    access: ['feldsher', 'specialist', 'coordinator'],
    payload: () => ({ into: 'call' }),
    seenBy: ({ isAnswered }) => [station, 'coordinator', ...(isAnswered ? (['the specialist'] as const) : [])],
  },
  'GET /api/waiting-limits': { access: ['coordinator', 'admin'] },
  'PUT /api/waiting-limits/:limitId': {
    access: ['coordinator', 'admin'],
    params: { limitId: MISSING },
    payload: () => ({ seenId: null, effectiveFrom: '2026-11-24T00:00:00.000Z', limits: BUILT_IN_LIMITS }),
    isAboutNobody: true,
  },
  'GET /api/evidence-limits': { access: ['admin'] },
  'PUT /api/evidence-limits/:limitId': {
    access: ['admin'],
    params: { limitId: MISSING },
    payload: () => ({ seenId: null, effectiveFrom: '2026-11-24', limits: FIRST_LIMITS }),
    isAboutNobody: true,
  },
  'GET /api/escalation-ladders': { access: ['coordinator', 'admin'] },
  'POST /api/escalation-ladders/preview': {
    access: ['coordinator', 'admin'],
    payload: ({ cardiology }) => ({ specialty: cardiology, region: null }),
  },
  'PUT /api/escalation-ladders/:ladderId': {
    access: ['coordinator', 'admin'],
    params: { ladderId: MISSING },
    payload: ({ cardiology }) => ({
      specialty: cardiology,
      region: null,
      seenId: null,
      effectiveFrom: '2026-11-24T00:00:00.000Z',
      steps: [],
    }),
    isAboutNobody: true,
  },
  'POST /api/consultations/:requestId/end-call': bySpecialist,
  'PUT /api/consultations/:requestId/conclusion': {
    ...bySpecialist,
    payload: () => ({ baseVersion: 1, content: CONCLUSION }),
  },
  'POST /api/consultations/:requestId/conclusion/preview': bySpecialist,
  'POST /api/consultations/:requestId/conclusion/amend': {
    ...bySpecialist,
    payload: () => ({ reason: 'Тест' }),
  },
  'DELETE /api/consultations/:requestId/conclusion/amend': bySpecialist,
  'GET /api/consultations/:requestId/conclusion/preview.pdf': bySpecialist,
  'GET /api/consultations/:requestId/conclusion/evidence': signedReading,
  'GET /api/consultations/:requestId/conclusion/pdf': signedReading,
  'GET /api/consultations/:requestId/conclusion/slip': signedReading,
  'GET /api/consultations/:requestId/conclusion/document.json': signedReading,
  'GET /api/consultations/:requestId/conclusion/evidence.json': signedReading,
  'GET /api/consultations/:requestId/conclusion/manifest.json': signedReading,
  'GET /api/consultations/:requestId/conclusion/manifest.json.p7s': signedReading,
  'POST /api/conclusions/sign': {
    access: ['specialist'],
    payload: () => ({ password: PASSWORD, items: [{ requestId: MISSING, sha256: '0'.repeat(64) }] }),
  },
  'GET /api/signing-authority.pem': { access: 'public' },
  'GET /api/signing-certificates': { access: ['admin'] },
  'POST /api/signing-certificates/:serial/revoke': {
    access: ['admin'],
    isAboutNobody: true,
    payload: () => ({ from: '2026-11-23T00:00:00.000Z', reason: 'Тест' }),
  },
  'GET /v/:token': { access: 'public', isAboutNobody: true },
  'POST /api/consultations/:requestId/conclusion/sign': {
    ...bySpecialist,
    payload: () => ({ sha256: '0'.repeat(64), password: PASSWORD }),
  },

  ...REQUEST_ROWS,
  ...SCHEDULING_ROWS,
  ...ATTACHMENT_ROWS,
};

function rowOf(name: string): Row {
  const row = ROWS[name];
  if (row === undefined) throw new Error(`${name} has no row in the matrix`);
  return row;
}

function requestFor(name: string, world: World, ids: Ids = NO_IDS) {
  const [method = '', pattern = ''] = name.split(' ');
  const row = rowOf(name);
  const values: Readonly<Record<string, string>> = { ...ids, ...row.params };
  const path = pattern.replace(/:(\w+)/g, (_all, key: string) => values[key] ?? MISSING).replace('*', 'nothing');
  const query = new URLSearchParams(row.query?.(world, ids)).toString();
  const payload = row.payload?.(world, ids);
  return {
    method: method as 'GET',
    url: query === '' ? path : `${path}?${query}`,
    ...(payload && { payload }),
  };
}

/** An answer without what differs from one time to the next. */
function comparable(answer: LightMyRequestResponse) {
  const headers = Object.entries(answer.headers).filter(([name]) => name !== 'date');
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(headers),
    body: answer.body.replace(/"reference":"[0-9a-f-]{36}"/, '"reference":""'),
  };
}

// The verification page is no JSON, whatever it says.
const codeOf = (answer: LightMyRequestResponse) =>
  String(answer.headers['content-type']).startsWith('text/html')
    ? 'ok'
    : answer.statusCode < 400
      ? 'ok'
      : answer.json<{ code: string }>().code;

test('every route that is served has its row, and declares what the row says', async () => {
  const { app } = await createTestApp();
  const declared = app.http.declaredRoutes;
  const served = Object.fromEntries(
    declared.filter(({ method }) => method !== 'HEAD').map(({ method, url, access }) => [`${method} ${url}`, access]),
  );
  const expected = Object.fromEntries(Object.entries(ROWS).map(([name, { access }]) => [name, access]));
  expect(served).toEqual(expected);
  // HEAD is answered by the route of GET; the documentation has one more, without the slash. An upload is asked how far it is.
  for (const { url, access } of declared.filter(({ method }) => method === 'HEAD')) {
    expect([served[`GET ${url}`], served[`GET ${url}/`], served[`PATCH ${url}`]], url).toContainEqual(access);
  }
});

describe('who gets through the door', () => {
  test.each(Object.keys(ROWS))('%s', async (name) => {
    const { store, clock, inject, trySignIn } = await createTestApp();
    const world = await createWorld(store);
    const raw = openRaw(store);
    const row = rowOf(name);

    const byRole: Record<Role, TestUser> = {
      feldsher: world.feldsher,
      specialist: world.cardio,
      coordinator: world.coordinator,
      admin: world.admin,
      analyst: world.analyst,
    };
    const cookies: Record<string, string> = {};
    const sign = async (user: TestUser) => cookieOf(await trySignIn(user.login, PASSWORD));
    for (const role of ROLES) cookies[`expired ${role}`] = await sign(byRole[role]);
    clock.advance({ seconds: 13 * 3600 });
    for (const role of ROLES) {
      cookies[role] = await sign(byRole[role]);
      cookies[`ended ${role}`] = await sign(byRole[role]);
      const { stationId, practitionerId, specialty } = byRole[role].actor;
      const disabled = await createUser(store, { role, stationId, practitionerId, specialty });
      cookies[`disabled ${role}`] = await sign(disabled);
      raw.prepare('update user set is_disabled = 1 where id = ?').run(disabled.actor.userId);
    }
    for (const role of ROLES) {
      const cookie = cookies[`ended ${role}`] ?? '';
      await inject({ method: 'DELETE', url: '/api/session', headers: { cookie } });
    }
    cookies.forged = `jaqyn=${'A'.repeat(43)}`;
    cookies.empty = 'jaqyn=';
    cookies['under the other name'] = (cookies.admin ?? '').replace('jaqyn=', '__Host-jaqyn=');

    const expectedFor = (caller: string): string => {
      if (row.access === 'public') return 'through';
      if (caller === 'anonymous' || caller === 'under the other name') return 'auth.required';
      if (!(ROLES as readonly string[]).includes(caller)) return 'auth.session_expired';
      return row.access === 'signed_in' || row.access.includes(caller as Role) ? 'through' : 'auth.forbidden';
    };
    const all = ['anonymous', ...Object.keys(cookies)];
    const refused = all.filter((caller) => expectedFor(caller) !== 'through');
    const admitted = all.filter((caller) => expectedFor(caller) === 'through');
    const ask = async (caller: string, change: object = {}) => {
      const { headers = {}, ...rest } = { ...requestFor(name, world), ...change } as ReturnType<typeof requestFor> & {
        headers?: Record<string, string>;
      };
      const cookie = cookies[caller];
      const code = codeOf(await inject({ ...rest, headers: { ...headers, ...(cookie !== undefined && { cookie }) } }));
      return ['auth.required', 'auth.session_expired', 'auth.forbidden'].includes(code) ? code : 'through';
    };
    const before = dumpTables(raw);
    for (const caller of refused) {
      expect(await ask(caller), caller).toBe(expectedFor(caller));
      // Refused before the body is read: nobody learns from it what would fit.
      const malformed = { payload: '{', headers: { 'content-type': 'application/json' } };
      expect(await ask(caller, malformed), caller).toBe(expectedFor(caller));
    }
    expect(dumpTables(raw), 'after the refused').toEqual(before);
    for (const caller of admitted) expect(await ask(caller), caller).toBe('through');
  });
});

describe('who may know that it is there', () => {
  const about = Object.entries(ROWS)
    .filter(([name, row]) => row.seenBy !== undefined || (name.includes(':') && row.isAboutNobody !== true))
    .map(([name]) => name);

  test.each(about)('%s', async (name) => {
    const { store, signIn, clock } = await createTestApp();
    const world = await createWorld(store);
    const raw = openRaw(store);
    const users: Record<Person, TestUser> = {
      [station]: world.feldsher,
      'feldsher of another station': world.otherFeldsher,
      'the specialist': world.cardio,
      'specialist it rings at': world.cardioTwin,
      'specialist it rang at': world.cardioBackup,
      'specialist of the specialty': await createColleague(),
      'specialist of another': world.neuro,
      coordinator: world.coordinator,
      admin: world.admin,
      analyst: world.analyst,
    };
    async function createColleague() {
      const practitionerId = newId<typeof world.cardio.practitionerId>();
      raw
        .prepare('insert into practitioner (id, display_name, specialty, organization_id) values (?, ?, ?, ?)')
        .run(practitionerId, 'Әріптес', 'cardiology', world.hospital);
      return createUser(store, { role: 'specialist', practitionerId, specialty: world.cardiology });
    }
    const people = Object.keys(PEOPLE) as Person[];
    const asPerson = new Map<Person, Inject>();
    const missing = new Map<Person, ReturnType<typeof comparable>>();
    for (const person of people) {
      const inject = await signIn(users[person]);
      asPerson.set(person, inject);
      missing.set(person, comparable(await inject(requestFor(name, world))));
    }
    const answers: [Person, ConsultationState, number | 'seen', number | 'seen'][] = [];
    const hidden: unknown[][] = [];
    for (const state of STATES) {
      const isAnswered = ANSWERED.includes(state);
      const seenBy = rowOf(name).seenBy?.({ state, isAnswered }) ?? [];
      for (const person of people) {
        const scene = insertScene(raw, world, state, isAnswered, clock.instant());
        const answer = await asPerson.get(person)?.(requestFor(name, world, scene));
        if (answer === undefined) throw new Error(person);
        const { access, isList = false } = rowOf(name);
        const isEmpty = isList && answer.body === missing.get(person)?.body;
        const isHidden = HIDING.includes(codeOf(answer)) || isEmpty;
        const mayUse = access === 'signed_in' || (access as readonly Role[]).includes(PEOPLE[person]);
        const expected = seenBy.includes(person) ? 'seen' : !mayUse ? 403 : isList ? 200 : 404;
        answers.push([person, state, isHidden ? answer.statusCode : 'seen', expected]);
        if (expected !== 'seen') hidden.push([comparable(answer), missing.get(person)]);
        // A specialist is in one call at most, also in a test.
        raw.prepare("update service_request set status = 'cancelled' where status = 'in_call'").run();
      }
    }
    expect(answers.filter(([_person, _state, answer, expected]) => answer !== expected)).toEqual([]);
    for (const [foreign, absent] of hidden) expect(foreign).toEqual(absent);
  });
});

/** What a further specialist reads while the call goes on. */
const CONSULTANT_READS: readonly string[] = [
  'GET /api/consultations/:requestId',
  'GET /api/consultations/:requestId/consents',
  'GET /api/consultations/:requestId/timeline',
  'GET /api/consultations/:requestId/link-samples',
  'GET /api/consultations/:requestId/messages',
  'GET /api/consultations/:requestId/attachments',
  'GET /api/consultations/:requestId/participants',
];

test('who is asked into a call reads what their part is for, while it goes on, and changes nothing', async () => {
  const { store, signIn, clock } = await createTestApp();
  const world = await createWorld(store);
  const raw = openRaw(store);
  const at = clock.instant();
  const specialist = { user: world.neuro, person: 'specialist of another' } as const;
  const feldsher = { user: world.otherFeldsher, person: 'feldsher of another station' } as const;
  const guests = [
    { ...specialist, type: 'consultant', isOut: false },
    { ...specialist, type: 'consultant', isOut: true },
    { ...specialist, type: 'interpreter', isOut: false },
    { ...specialist, type: 'observer', isOut: false },
    { ...feldsher, type: 'interpreter', isOut: false },
    { ...feldsher, type: 'observer', isOut: false },
  ] as const;
  const wrong: unknown[] = [];
  for (const { user, person, type, isOut } of guests) {
    const inject = await signIn(user);
    for (const state of ['booked', 'ringing', 'in_call', 'interrupted', 'conclusion_draft', 'signed'] as const) {
      const isAnswered = ANSWERED.includes(state);
      const scene = insertScene(raw, world, state, isAnswered, at);
      const by = world.cardio.actor.userId;
      raw
        .prepare(
          `insert into participant (id, request_id, user_id, type, invited_by, invited_at, consent_by, consent_at, removed_by, removed_at)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          newId(),
          scene.requestId,
          user.actor.userId,
          type,
          by,
          at,
          ...(type === 'observer' ? [by, at] : [null, null]),
          ...(isOut ? [by, at] : [null, null]),
        );
      const isOn = state === 'in_call' || state === 'interrupted';
      const reads = type === 'consultant' && !isOut && isOn ? CONSULTANT_READS : [];
      for (const name of Object.keys(ROWS).filter((one) => one.includes(':requestId') || one.includes(':patientId'))) {
        const answer = await inject(requestFor(name, world, scene));
        const isEmpty = rowOf(name).isList && answer.body === (await inject(requestFor(name, world))).body;
        const isSeen = !HIDING.includes(codeOf(answer)) && !isEmpty;
        const mayBe = rowOf(name).seenBy?.({ state, isAnswered }).includes(person) ?? false;
        if (isSeen !== (mayBe || reads.includes(name))) wrong.push([person, type, isOut, state, name, isSeen]);
      }
      raw.prepare("update service_request set status = 'cancelled' where status = 'in_call'").run();
    }
  }
  expect(wrong).toEqual([]);
});

/** Lists and records that show a patient by name in a scene of the matrix: none of them may be left out of the test below by mistake. */
const SHOWING = [
  'GET /api/appointments/:appointmentId',
  'GET /api/board',
  'GET /api/care-tasks',
  'GET /api/consultations',
  'GET /api/consultations/:requestId',
  'GET /api/day-end',
  'GET /api/day-end.csv',
  'GET /api/day-end/:list',
  'GET /api/day-list',
  'GET /api/patients',
  'GET /api/patients/:patientId',
  'GET /api/patients/:patientId/appointments',
  'GET /api/unplaced-requests',
  'GET /api/waitlist',
];

test('whatever shows a patient by name is in the log before it is shown, whoever looks', async () => {
  const { store, signIn, clock } = await createTestApp();
  const world = await createWorld(store);
  const raw = openRaw(store);
  const canary = 'Канарейкина';
  const people: [Role, Inject][] = [];
  for (const user of [world.feldsher, world.cardio, world.cardioTwin, world.coordinator, world.admin]) {
    people.push([user.actor.role, await signIn(user)]);
  }
  raw.prepare("update session set expires_at = '2099-01-01T00:00:00.000Z'").run();
  const logged = () => raw.prepare('select count(*) from audit_event').pluck().get() as number;
  const showing = new Set<string>();
  const silent: string[] = [];
  const reads = Object.keys(ROWS).filter((name) => name.startsWith('GET '));
  for (const state of ['in_triage', 'waitlisted', 'booked', 'in_call', 'signed'] as const) {
    const scene = insertScene(raw, world, state, ANSWERED.includes(state), clock.instant());
    raw
      .prepare('update patient set family_name = ?, search_key = ? where id = ?')
      .run(canary, 'канарейкина б', scene.patientId);
    if (state === 'in_triage') {
      raw.prepare("update service_request set is_planned = 1, created_at = '2026-11-01T00:00:00.000Z'").run();
      raw.prepare('delete from appointment').run();
    } else if (state === 'waitlisted') {
      raw.prepare("update appointment set status = 'waitlist', starts_at = null, ends_at = null").run();
    } else if (state === 'signed') {
      raw
        .prepare(
          `insert into care_task (id, request_id, composition_id, kind, text, reason, due_on, status, version, created_at, created_by)
           values (?, ?, (select id from composition where request_id = ?), 'other', 'x', '', '2026-11-24', 'open', 1, ?, ?)`,
        )
        .run(newId(), scene.requestId, scene.requestId, clock.instant(), world.feldsher.actor.userId);
    }
    for (const [role, inject] of people) {
      for (const name of reads) {
        const { access } = rowOf(name);
        if (access === 'public' || (access !== 'signed_in' && !access.includes(role))) continue;
        // Another day: what was seen on this one is in the log already.
        clock.advance({ seconds: 86_400 });
        const before = logged();
        const { body } = await inject(requestFor(name, world, scene));
        if (!body.includes(canary)) continue;
        showing.add(name);
        if (logged() === before) silent.push(`${name} of one that is ${state}`);
      }
    }
  }
  expect(silent).toEqual([]);
  expect([...showing]).toEqual(expect.arrayContaining(SHOWING));
});

/** Codes that do not say whether it is there. */
const HIDING = [
  'auth.forbidden',
  'consultation.not_found',
  'patient.not_found',
  'appointment.not_found',
  'practitioner.not_found',
  'station.not_found',
];

/** One state of each kind; the policy's own test goes through all of them. */
const STATES = [
  'in_triage',
  'ringing',
  'escalated',
  'booked',
  'in_call',
  'interrupted',
  'conclusion_draft',
  'awaiting_signature',
  'signed',
  'closed',
  'cancelled',
] as const satisfies ConsultationState[];

/** States in which somebody has answered; in the last two the conclusion is signed. */
const ANSWERED: readonly ConsultationState[] = [
  'in_call',
  'interrupted',
  'conclusion_draft',
  'awaiting_signature',
  'signed',
  'closed',
];

/** A request in a state, with a ring that rings, one that rang, an appointment, a message and a conclusion where there may be one. */
function insertScene(raw: Database, world: World, state: ConsultationState, isAnswered: boolean, at: string): Ids {
  const requestId = newId<string>();
  const patientId = newId<string>();
  const { station: stationId, cardio, cardioTwin, cardioBackup, feldsher } = world;
  raw
    .prepare(
      `insert into patient (id, family_name, given_name, middle_name, search_key, birth_date, sex, phone, address,
         station_id, insurance, chronic_conditions, registered_at)
       values (?, 'А', 'Б', '', 'а б', '1958-03-14', 'male', '', '', ?, 'unknown', '', ?)`,
    )
    .run(patientId, stationId, at);
  raw
    .prepare(
      `insert into service_request (id, number, status, version, urgency, urgency_rank, specialty, reason, patient_id,
         station_id, requested_by, practitioner_id, created_at, status_changed_at)
       values (?, ?, ?, 1, 'stat', 3, 'cardiology', 'x', ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      requestId,
      requestId,
      state,
      patientId,
      stationId,
      feldsher.actor.userId,
      isAnswered ? cardio.practitionerId : null,
      at,
      at,
    );
  const ring = raw.prepare(
    'insert into ring (id, request_id, practitioner_id, rank, started_at, outcome) values (?, ?, ?, 1, ?, ?)',
  );
  ring.run(newId(), requestId, cardioTwin.practitionerId, at, 'ringing');
  ring.run(newId(), requestId, cardioBackup.practitionerId, at, 'timed_out');
  raw
    .prepare('insert into message (id, request_id, seq, author_id, text, sent_at) values (?, ?, 1, ?, ?, ?)')
    .run(newId(), requestId, feldsher.actor.userId, 'сөз', at);
  if (isAnswered) {
    const isSigned = ANSWERED.indexOf(state) >= ANSWERED.indexOf('signed');
    raw
      .prepare(
        `insert into composition (id, request_id, status, version, content, author_id, saved_at, signed_at, signed_bytes, sha256)
         values (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        newId(),
        requestId,
        isSigned ? 'final' : 'preliminary',
        JSON.stringify(CONCLUSION),
        cardio.actor.userId,
        at,
        ...(isSigned ? [at, '{}', '0'.repeat(64)] : [null, null, null]),
      );
  }
  const appointmentId = insertAppointment(raw, world, { requestId, patientId, stationId }, at);
  return { requestId, patientId, appointmentId, practitionerId: cardio.practitionerId, stationId };
}
