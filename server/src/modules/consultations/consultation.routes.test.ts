import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/build-app.ts';
import { CONCLUSION } from '../../../test/consult-desk.ts';
import { newConsultation, newPatient, PASSWORD } from '../../../test/factories.ts';
import { createWorld } from '../../../test/world.ts';
import { openDatabase } from '../../db/open-database.ts';

async function createPlace() {
  const app = await createTestApp();
  const world = await createWorld(app.store);
  return { ...app, world, feldsher: await app.signIn(world.feldsher), specialist: await app.signIn(world.cardio) };
}

test('a consult over HTTP, from the patient’s card to the read conclusion, and all of it after a restart', async () => {
  const { world, store, clock, feldsher, specialist } = await createPlace();
  const patient = newPatient();
  expect((await feldsher({ method: 'POST', url: '/api/patients', payload: patient })).json()).toMatchObject({
    patient: { id: patient.id, stationId: world.station },
    warnings: [],
  });
  const request = newConsultation({ specialty: world.cardiology, patientId: patient.id, urgency: 'urgent' });
  const url = `/api/consultations/${request.id}`;
  const called = await feldsher({ method: 'POST', url: '/api/consultations', payload: request });
  expect(called.json()).toMatchObject({ status: 'ringing', ring: { rank: 1 }, number: '2026-000001' });

  const worklist = await specialist({ method: 'GET', url: '/api/consultations' });
  expect(worklist.json().consultations).toEqual([called.json()]);
  const answered = await specialist({ method: 'POST', url: `${url}/accept` });
  expect(answered.json()).toMatchObject({ status: 'in_call', specialist: { displayName: 'Ахметов Ерлан' } });

  const draft = { method: 'PUT', url: `${url}/conclusion`, payload: { baseVersion: 0, content: CONCLUSION } } as const;
  expect((await specialist(draft)).json()).toMatchObject({ version: 1, status: 'preliminary', content: CONCLUSION });
  expect((await feldsher({ method: 'GET', url: `${url}/conclusion` })).json()).toMatchObject({
    code: 'conclusion.not_found',
  });
  const preview = (await specialist({ method: 'POST', url: `${url}/conclusion/preview` })).json();
  const signature = { sha256: preview.sha256, password: PASSWORD };
  const signed = await specialist({ method: 'POST', url: `${url}/conclusion/sign`, payload: signature });
  expect(signed.json()).toMatchObject({ status: 'final', sha256: preview.sha256 });

  const unread = await feldsher({ method: 'GET', url: '/api/consultations?view=unread' });
  expect(unread.json().consultations).toMatchObject([{ id: request.id, conclusion: { status: 'final' } }]);
  expect((await feldsher({ method: 'GET', url: `${url}/conclusion` })).json()).toEqual(signed.json());
  expect((await feldsher({ method: 'POST', url: `${url}/receive` })).json()).toMatchObject({ status: 'delivered' });
  const { id: compositionId, content } = signed.json();
  const answers = content.recommendations.map((_text: string, index: number) => ({ index, kind: 'done', reason: '' }));
  const read = { compositionId, answers };
  const closed = (await feldsher({ method: 'POST', url: `${url}/acknowledge`, payload: read })).json();
  expect(closed).toMatchObject({ status: 'closed' });

  await store.close();
  const reopened = Object.assign(await openDatabase({ path: store.path }), { path: store.path });
  const restarted = await createTestApp({ store: reopened, clock });
  const again = await restarted.signIn(world.feldsher);
  expect((await again({ method: 'GET', url })).json()).toEqual(closed);
  expect((await again({ method: 'GET', url: `${url}/conclusion` })).json()).toEqual(signed.json());
  await restarted.app.close();
  await reopened.close();
});

describe('the ladder moves by the app’s own clock', () => {
  test('a rung that runs out is followed by the next, also after a restart', async () => {
    const { world, clock, store, app, feldsher } = await createPlace();
    const request = newConsultation({ specialty: world.cardiology });
    const url = `/api/consultations/${request.id}`;
    await feldsher({ method: 'POST', url: '/api/consultations', payload: request });
    await app.close();

    clock.advance({ seconds: 45 });
    const restarted = await createTestApp({ store, clock });
    const again = await restarted.signIn(world.feldsher);
    await expect
      .poll(async () => (await again({ method: 'GET', url })).json().status, { timeout: 10_000 })
      .toBe('escalated');
  });
});

test('declining with words, listing, chatting and cancelling', async () => {
  const { world, feldsher, specialist } = await createPlace();
  const request = newConsultation({ specialty: world.cardiology });
  const url = `/api/consultations/${request.id}`;
  await feldsher({ method: 'POST', url: '/api/consultations', payload: request });
  const decline = { method: 'POST', url: `${url}/decline`, payload: { reason: 'other', note: 'Операцияда' } } as const;
  expect((await specialist(decline)).json()).toEqual({ declined: true });
  expect((await specialist(decline)).json()).toEqual({ declined: true });
  const named = { method: 'PUT', url: `${url}/patient`, payload: { patientId: world.patient } } as const;
  expect((await feldsher(named)).json()).toMatchObject({ patient: { id: world.patient } });
  const measured = { method: 'POST', url: `${url}/observations`, payload: { vitals: { spo2: 91 } } } as const;
  expect((await feldsher(measured)).json().observations).toHaveLength(2);
  expect((await feldsher({ method: 'GET', url: `${url}/messages?afterSeq=3` })).json()).toEqual({ messages: [] });
  const cancel = { method: 'POST', url: `${url}/cancel`, payload: { reason: 'Қате' } } as const;
  expect((await feldsher(cancel)).json()).toMatchObject({ status: 'cancelled' });
  const timeline = (await feldsher({ method: 'GET', url: `${url}/timeline` })).json();
  expect(timeline.entries.map((entry: { action: string }) => entry.action)).toEqual([
    'consultation.create',
    'consultation.call_now',
    'consultation.decline_call',
    'consultation.set_patient',
    'consultation.add_observations',
    'consultation.cancel',
  ]);
});

test('the description of the interface names every route with its schemas', async () => {
  const { inject, app } = await createTestApp();
  const { paths } = (await inject({ method: 'GET', url: '/api/docs/json' })).json();
  const withoutSchema: string[] = [];
  for (const { method, url } of app.http.declaredRoutes) {
    if (method === 'HEAD' || url.startsWith('/api/docs') || url === '/api/metrics' || !url.startsWith('/api/'))
      continue;
    const operation = paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    expect(operation?.summary, `${method} ${url}`).toEqual(expect.any(String));
    const answers = operation.responses as Record<string, { content?: Record<string, { schema?: object }> }>;
    const [body] = Object.values(answers['200']?.content ?? {});
    if (body?.schema === undefined) withoutSchema.push(`${method} ${url}`);
  }
  // Bytes: a file as it is stored, and the protocol of uploads, whose answers are heads.
  expect(withoutSchema).toEqual([
    'GET /api/attachments/:attachmentId/files/:role',
    'PATCH /api/uploads/:attachmentId',
    'DELETE /api/uploads/:attachmentId',
  ]);
});
