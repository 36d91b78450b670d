import { Writable } from 'node:stream';
import { Problem } from '@jaqyn/shared/errors/problem';
import fc from 'fast-check';
import type { LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { cookieOf, createTestApp, type Inject, ORIGIN } from './build-app.ts';
import { CONCLUSION } from './consult-desk.ts';
import { newConsultation, newPatient, PASSWORD } from './factories.ts';
import { dumpTables, openRaw } from './raw-database.ts';
import { createWorld } from './world.ts';

/** Words of ours and of our machine that no answer to a stranger may hold. */
const LEAKS =
  /sqlite|drizzle|node_modules|\/work|\.ts|at \w+ \(|FST_|select |insert |stack|zod|SyntaxError|Unexpected/i;

function expectProblem(answer: LightMyRequestResponse, status: number, code: string): Problem {
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([
    status,
    'application/problem+json; charset=utf-8',
  ]);
  expect(answer.headers['cache-control']).toBe('no-store');
  const problem = Problem.parse(answer.json());
  expect(problem).toMatchObject({ code, status, type: `urn:jaqyn:problem:${code}` });
  expect(problem.reference).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.body).not.toMatch(LEAKS);
  return problem;
}

async function createDesk() {
  const app = await createTestApp();
  const world = await createWorld(app.store);
  const feldsher = await app.signIn(world.feldsher);
  const specialist = await app.signIn(world.cardio);
  return { ...app, world, feldsher, specialist, raw: openRaw(app.store) };
}

const json = { 'content-type': 'application/json' };

describe('what is no request', () => {
  test.each([
    ['half an object', '{"login":"a"', json],
    ['a word', 'hello', json],
    ['nothing', '', json],
    ['two values', '{}{}', json],
    ['bytes that are no UTF-8 in a key', Buffer.from([0x7b, 0x22, 0xff, 0x22]), json],
    ['__proto__', '{"login":"a","password":"b","__proto__":{"isAdmin":true}}', json],
    ['__proto__ deeper', '{"login":"a","password":{"__proto__":{"x":1}}}', json],
    ['constructor.prototype', '{"login":"a","password":"b","constructor":{"prototype":{"x":1}}}', json],
    ['a list', '[]', json],
    ['a number', '42', json],
    ['null', 'null', json],
    ['an empty object', '{}', json],
    ['arrays for strings', '{"login":["a"],"password":["b"]}', json],
    ['objects for strings', '{"login":{"$gt":""},"password":{"$gt":""}}', json],
    ['numbers for strings', '{"login":1,"password":2}', json],
    ['an empty login', '{"login":"","password":"x"}', json],
    ['a login beyond its length', JSON.stringify({ login: 'a'.repeat(65), password: 'x' }), json],
    ['a password beyond its length', JSON.stringify({ login: 'a', password: 'x'.repeat(129) }), json],
  ])('%s', async (_what, payload, headers) => {
    const { inject } = await createTestApp();
    expectProblem(await inject({ method: 'POST', url: '/api/session', payload, headers }), 400, 'request.invalid');
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  test.each([
    'text/plain',
    'text/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'nonsense',
  ])('a body of the type %s', async (type) => {
    const { inject } = await createTestApp();
    const request = { method: 'POST', url: '/api/session', payload: '{"login":"a","password":"b"}' } as const;
    const answer = await inject({ ...request, headers: { 'content-type': type } });
    expectProblem(answer, 415, 'request.media_type');
  });

  test('a body beyond the limit, told or found out', async () => {
    const { feldsher } = await createDesk();
    const request = { method: 'POST', url: '/api/patients', headers: json } as const;
    const payload = JSON.stringify({ ...newPatient(), address: 'a'.repeat(300 * 1024) });
    expectProblem(await feldsher({ ...request, payload }), 413, 'request.too_large');
    const tooLong = await feldsher({ ...request, payload: '{}', headers: { ...json, 'content-length': '9999999' } });
    expectProblem(tooLong, 413, 'request.too_large');
  });

  test('the largest honest body passes', async () => {
    const { feldsher, specialist, world } = await createDesk();
    const request = newConsultation({ specialty: world.cardiology, patientId: world.patient });
    await feldsher({ method: 'POST', url: '/api/consultations', payload: request });
    await specialist({ method: 'POST', url: `/api/consultations/${request.id}/accept` });
    const full = (length: number) => 'ә'.repeat(length);
    const content = {
      ...CONCLUSION,
      findings: full(8000),
      diagnosis: { code: 'I20.0', text: full(500), certainty: 'final' },
      recommendations: Array.from({ length: 30 }, () => full(1000)),
      medicines: full(4000),
      furtherTests: full(4000),
      referral: full(2000),
      limits: full(2000),
    };
    const url = `/api/consultations/${request.id}/conclusion`;
    const answer = await specialist({ method: 'PUT', url, payload: { baseVersion: 0, content } });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ content });
  });
});

describe('an address there is not', () => {
  test.each([
    ['GET', '/api/nothing'],
    ['GET', '/api'],
    ['GET', '/api/'],
    ['PATCH', '/api/patients'],
    ['DELETE', '/api/consultations'],
    ['POST', '/api/health'],
    ['GET', '/api/session/../../etc/passwd'],
    ['GET', '/api/consultations/%2e%2e/x/y'],
    ['GET', `/api/patients/${'x'.repeat(101)}`],
    ['GET', '/API/health'],
  ] as const)('%s %s', async (method, url) => {
    const { inject } = await createTestApp();
    expectProblem(await inject({ method, url }), 404, 'request.unknown_route');
  });

  test.each(['/api/%zz', '/api/patients/%', '/api/patients/%ff'])('%s cannot be read', async (url) => {
    const { inject } = await createTestApp();
    const answer = await inject({ method: 'GET', url });
    expect(answer.body).not.toContain(url.slice(-3));
    expectProblem(answer, 400, 'request.invalid');
  });

  test.each(['/', '/index.html', '/worklist', '/.env', '/package.json'])(
    '%s, when no client is served',
    async (url) => {
      const { inject } = await createTestApp();
      const answer = await inject({ method: 'GET', url });
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'request.unknown_route']);
    },
  );
});

describe('ids and queries', () => {
  test.each([
    'x',
    '1',
    "'; drop table patient; --",
    '019AA6B0-9C1E-7D3A-8F00-0123456789AB',
    '%00',
    'null',
    '..',
    '%7B%7D',
  ])('the id %j', async (id) => {
    const { feldsher } = await createDesk();
    for (const url of [`/api/patients/${encodeURI(id)}`, `/api/consultations/${encodeURI(id)}/timeline`]) {
      const answer = await feldsher({ method: 'GET', url });
      expect(answer.statusCode, url).toBeGreaterThanOrEqual(400);
      expectProblem(answer, answer.statusCode, answer.statusCode === 404 ? 'request.unknown_route' : 'request.invalid');
    }
  });

  test.each([
    ['/api/patients?limit=0', 'limit'],
    ['/api/patients?limit=51', 'limit'],
    ['/api/patients?limit=1.5', 'limit'],
    ['/api/patients?limit=x', 'limit'],
    ['/api/patients?limit=1&limit=2', 'limit'],
    ['/api/patients?q=a&q=b', 'q'],
    [`/api/patients?q=${'a'.repeat(101)}`, 'q'],
    ['/api/consultations?view=closed', 'view'],
    ['/api/consultations?after=yesterday', 'after'],
    ['/api/consultations?patientId=x', 'patientId'],
  ])('%s', async (url, path) => {
    const { feldsher } = await createDesk();
    const problem = expectProblem(await feldsher({ method: 'GET', url }), 400, 'request.invalid');
    expect(problem.fields?.map((field) => field.path)).toEqual([path]);
  });

  test('a query that names __proto__ changes nothing', async () => {
    const { feldsher } = await createDesk();
    const answer = await feldsher({ method: 'GET', url: '/api/patients?__proto__=x&constructor=y&limit=5' });
    expect(answer.statusCode).toBe(200);
    expect(({} as { limit?: unknown }).limit).toBeUndefined();
  });

  test('unknown fields are left out, never stored and never answered', async () => {
    const { feldsher, raw } = await createDesk();
    const payload = {
      ...newPatient(),
      isDemo: true,
      stationId: newId(),
      searchKey: 'x',
      registeredBy: 'x',
      isAdmin: true,
    };
    const answer = await feldsher({ method: 'POST', url: '/api/patients', payload });
    expect(answer.statusCode).toBe(200);
    expect(Object.keys(answer.json().patient)).not.toContain('isAdmin');
    expect(raw.prepare('select is_demo, registered_by from patient where id = ?').get(payload.id)).not.toMatchObject({
      is_demo: 1,
    });
  });
});

describe('fields', () => {
  const pathsOf = (problem: Problem) => [...new Set(problem.fields?.map((field) => field.path))];
  const badPatients: [string, object, string][] = [
    ['an IIN too short', { iin: '58031440001' }, 'iin'],
    ['an IIN of letters', { iin: '5803144000ab' }, 'iin'],
    ['an IIN of other digits', { iin: '٥٨٠٣١٤٤٠٠٠١١' }, 'iin'],
    ['an empty name', { familyName: '' }, 'familyName'],
    ['a name of spaces', { givenName: ' \t ' }, 'givenName'],
    ['a name nobody sees', { givenName: '\u200B\u202E\u3164' }, 'givenName'],
    ['a name beyond its length', { familyName: 'а'.repeat(81) }, 'familyName'],
    ['no such day', { birthDate: '1958-02-30' }, 'birthDate'],
    ['another way to write a day', { birthDate: '14.03.1958' }, 'birthDate'],
    ['a birth to come', { birthDate: '2099-01-01' }, 'birthDate'],
    ['a sex there is not', { sex: 'x' }, 'sex'],
    ['a list for a phone', { phone: ['+7'] }, 'phone'],
    ['an id that is none', { id: 'x' }, 'id'],
  ];
  test.each(badPatients)('a patient with %s', async (_what, change, path) => {
    const { feldsher, raw } = await createDesk();
    const before = dumpTables(raw);
    const answer = await feldsher({ method: 'POST', url: '/api/patients', payload: { ...newPatient(), ...change } });
    const problem = expectProblem(answer, 400, 'request.invalid');
    expect(pathsOf(problem)).toEqual([path]);
    expect(dumpTables(raw)).toEqual(before);
  });

  test('an IIN with a bad check digit has a code of its own', async () => {
    const { feldsher } = await createDesk();
    const payload = newPatient({ iin: '580314400011' });
    const answer = await feldsher({ method: 'POST', url: '/api/patients', payload });
    const problem = expectProblem(answer, 422, 'patient.iin_invalid');
    expect(problem.fields).toEqual([{ path: 'iin', code: 'check_digit' }]);
    expect(answer.body).not.toContain('580314400011');
  });

  const badRequests: [string, object, string][] = [
    ['no reason', { reason: '' }, 'reason'],
    ['a reason nobody sees', { reason: '\u2066\u2069' }, 'reason'],
    ['a reason beyond its length', { reason: 'а'.repeat(2001) }, 'reason'],
    ['an urgency there is not', { urgency: 'now' }, 'urgency'],
    ['a pressure no living person has', { vitals: { systolic: 900 } }, 'vitals.systolic'],
    ['a pressure in words', { vitals: { systolic: '120' } }, 'vitals.systolic'],
    ['vital signs as a list', { vitals: [] }, 'vitals'],
    ['a specialty that is no code', { specialty: '../../x' }, 'specialty'],
    ['no patient and no emergency', { urgency: 'routine', patientId: null }, 'patientId'],
  ];
  test.each(badRequests)('a request with %s', async (_what, change, path) => {
    const { feldsher, world, raw } = await createDesk();
    const before = dumpTables(raw);
    const payload = { ...newConsultation({ specialty: world.cardiology, patientId: world.patient }), ...change };
    const answer = await feldsher({ method: 'POST', url: '/api/consultations', payload });
    const problem = expectProblem(answer, 400, 'request.invalid');
    expect(pathsOf(problem)).toEqual([path]);
    expect(dumpTables(raw)).toEqual(before);
  });

  test('what is hidden in a text is gone before it is stored, shown and signed', async () => {
    const { feldsher, specialist, world } = await createDesk();
    const request = newConsultation({
      specialty: world.cardiology,
      patientId: world.patient,
      reason: ' доза \u202E01\u202C мг\u200B\u0000 ',
    });
    const url = `/api/consultations/${request.id}`;
    const stored = await feldsher({ method: 'POST', url: '/api/consultations', payload: request });
    expect(stored.json().reason).toBe('доза 01 мг');
    await specialist({ method: 'POST', url: `${url}/accept` });
    const content = { ...CONCLUSION, findings: 'a\u2066b\u2069\uFEFFc' };
    await specialist({ method: 'PUT', url: `${url}/conclusion`, payload: { baseVersion: 0, content } });
    const preview = await specialist({ method: 'POST', url: `${url}/conclusion/preview` });
    expect(preview.json().canonical).toContain('"findings":"abc"');
    expect(preview.json().canonical).not.toMatch(/\p{Default_Ignorable_Code_Point}/u);
  });
});

describe('where a page comes from', () => {
  const payload = { login: 'nobody', password: 'x' };

  test.each([
    'https://evil.example',
    'http://jaqyn.test.evil.example',
    'http://jaqyn.test:81',
    'https://jaqyn.test',
    'null',
    '',
  ])('a change from %j is refused before anything is looked at', async (origin) => {
    const { inject } = await createTestApp();
    const answer = await inject({ method: 'POST', url: '/api/session', payload, headers: { origin } });
    expectProblem(answer, 403, 'request.origin_refused');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('reading from elsewhere is answered, and the browser keeps it from the page', async () => {
    const { inject } = await createTestApp();
    const answer = await inject({ method: 'GET', url: '/api/health', headers: { origin: 'https://evil.example' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  test('a program sends none and may', async () => {
    const { app } = await createTestApp();
    const answer = await app.http.inject({ method: 'POST', url: '/api/session', payload });
    expectProblem(answer, 401, 'auth.invalid_credentials');
  });

  test('its own and this machine’s names may, once the port is known', async () => {
    const { app, inject } = await createTestApp();
    const ask = async (origin: string) =>
      (await inject({ method: 'POST', url: '/api/session', payload, headers: { origin } })).json().code;
    expect(await ask(ORIGIN)).toBe('auth.invalid_credentials');
    expect(await ask('http://127.0.0.1:3210')).toBe('request.origin_refused');
    app.origins.allowLoopback(3210);
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      expect(await ask(`http://${host}:3210`), host).toBe('auth.invalid_credentials');
    }
    expect(await ask('http://127.0.0.1:3211')).toBe('request.origin_refused');
  });
});

describe('too much', () => {
  // Refusals count, too: looking up a forged session costs as much as answering.
  test.each([
    ['that is answered', '/api/health', 200],
    ['to no address', '/api/nothing', 404],
    ['of nobody', '/api/patients', 401],
    ['written another way', '/%61pi/health', 200],
  ])('the 1201st request of a minute %s waits; from another address it does not', async (_what, url, status) => {
    const { app } = await createTestApp();
    const ask = (remoteAddress: string) => app.http.inject({ method: 'GET', url, remoteAddress });
    for (let i = 0; i < 1200; i += 1) expect((await ask('10.9.9.9')).statusCode).toBe(status);
    const answer = await ask('10.9.9.9');
    const problem = expectProblem(answer, 429, 'request.rate_limited');
    expect(Number(answer.headers['retry-after'])).toBe(problem.retryAfter);
    expect((await ask('10.9.9.10')).statusCode).toBe(status);
  });

  test.each(['/api/session', '/%61pi/session', '/a%70i/session'])('%s stays in no cache', async (url) => {
    const { app, trySignIn, store } = await createTestApp();
    const { admin } = await createWorld(store);
    const cookie = cookieOf(await trySignIn(admin.login, PASSWORD));
    const answer = await app.http.inject({ method: 'GET', url, headers: { cookie } });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe('when it is our fault', () => {
  /** Everything a stranger could be told or the log could keep about a failing insert. */
  async function createFailing() {
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    const app = await createTestApp({ logger: pino({ level: 'trace' }, sink) });
    const world = await createWorld(app.store);
    return { ...app, world, raw: openRaw(app.store), log: () => lines.join('') };
  }

  test('the answer names a reference and nothing else; the log has the cause and no patient', async () => {
    const { signIn, world, raw, log } = await createFailing();
    const feldsher = await signIn(world.feldsher);
    raw.exec("create trigger fault before insert on patient begin select raise(abort, 'planted'); end");
    const payload = newPatient({ familyName: 'Канарейка', phone: '+7 700 555 44 33', address: 'Канарейка көшесі' });
    const answer = await feldsher({ method: 'POST', url: '/api/patients', payload });
    const problem = expectProblem(answer, 500, 'server.internal');
    expect(Object.keys(problem).sort()).toEqual(['code', 'reference', 'status', 'title', 'type']);
    expect(log()).toContain(problem.reference);
    expect(log()).toContain('planted');
    expect(log()).not.toMatch(/Канарейка|555 44 33/);
    expect(log()).not.toContain(payload.iin);
  });

  test('a whole consult leaves no name, complaint, conclusion, password or token in the log', async () => {
    const { signIn, trySignIn, world, log } = await createFailing();
    await trySignIn(world.feldsher.login, 'Құпия-канарейка');
    const feldsher = await signIn(world.feldsher);
    const specialist = await signIn(world.cardio);
    const request = newConsultation({ specialty: world.cardiology, patientId: world.patient, reason: 'Канарейка' });
    const url = `/api/consultations/${request.id}`;
    await feldsher({ method: 'GET', url: '/api/patients?q=Жақсыбекова' });
    await feldsher({ method: 'POST', url: '/api/consultations', payload: request });
    await specialist({ method: 'POST', url: `${url}/accept` });
    const content = { ...CONCLUSION, findings: 'Канарейка' };
    await specialist({ method: 'PUT', url: `${url}/conclusion`, payload: { baseVersion: 0, content } });
    const { sha256 } = (await specialist({ method: 'POST', url: `${url}/conclusion/preview` })).json();
    await specialist({ method: 'POST', url: `${url}/conclusion/sign`, payload: { sha256, password: PASSWORD } });
    const { id: compositionId } = (await feldsher({ method: 'GET', url: `${url}/conclusion` })).json();
    const answers = [{ index: 0, kind: 'cannot', reason: 'Канарейка' }];
    await feldsher({ method: 'POST', url: `${url}/acknowledge`, payload: { compositionId, answers } });
    expect(log()).toContain('/api/consultations/:requestId/accept');
    expect(log()).not.toMatch(/канарейка/i);
    expect(log()).not.toMatch(/Жақсыбекова|%D0%96|Гүлсім|Оспанова|Ахметов/);
    expect(log()).not.toContain(PASSWORD);
    expect(log()).not.toMatch(/jaqyn=|[A-Za-z0-9_-]{43}"/);
  });

  test('a broken chat table does not take health down, a closed database does, and says so', async () => {
    const { inject, store } = await createTestApp();
    expect((await inject({ method: 'GET', url: '/api/health' })).json()).toMatchObject({
      status: 'ok',
      database: 'ok',
    });
    await store.close();
    const answer = await inject({ method: 'GET', url: '/api/health' });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ status: 'degraded', database: 'failing' });
  });
});

test('whatever JSON is thrown at a route: a problem or an answer, never a fault', async () => {
  const { feldsher, specialist, world } = await createDesk();
  const request = newConsultation({ specialty: world.cardiology, patientId: world.patient });
  await feldsher({ method: 'POST', url: '/api/consultations', payload: request });
  const url = `/api/consultations/${request.id}`;
  const targets: [Inject, 'POST' | 'PUT', string, object][] = [
    [feldsher, 'POST', '/api/patients', newPatient()],
    [feldsher, 'POST', '/api/consultations', newConsultation({ specialty: world.cardiology })],
    [feldsher, 'POST', `${url}/observations`, { vitals: { spo2: 90 } }],
    [feldsher, 'PUT', `${url}/patient`, { patientId: world.patient }],
    [feldsher, 'PUT', '/api/session/language', { language: 'kk' }],
    [specialist, 'POST', `${url}/decline`, { reason: 'busy', note: '' }],
    [specialist, 'PUT', `${url}/conclusion`, { baseVersion: 0, content: CONCLUSION }],
    [specialist, 'POST', `${url}/conclusion/sign`, { sha256: '0'.repeat(64), password: 'x' }],
    [specialist, 'PUT', '/api/me/availability', { isAvailable: true }],
  ];
  const anyValue = fc.jsonValue({ maxDepth: 3 });
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      fc.nat(targets.length - 1),
      fc.string(),
      anyValue,
      fc.boolean(),
      async (index, key, value, isWhole) => {
        const [inject, method, url, honest] = targets[index] ?? [];
        if (inject === undefined || method === undefined || url === undefined || honest === undefined) return;
        const keys = Object.keys(honest);
        const name = keys[key.length % keys.length] ?? key;
        // The whole body, or an honest one with a single field that is not.
        const payload = isWhole ? JSON.stringify(value) : JSON.stringify({ ...honest, id: newId(), [name]: value });
        const answer = await inject({ method, url, payload, headers: json });
        statuses.add(answer.statusCode);
        expect(answer.statusCode, `${method} ${url} ${payload}`).toBeLessThan(500);
        if (answer.statusCode >= 400) Problem.parse(answer.json());
      },
    ),
    { numRuns: 600 },
  );
  expect(statuses).toContain(400);
});
