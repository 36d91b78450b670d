import { errorCatalog } from '@jaqyn/shared/errors/error-catalog';
import { expect, test } from 'vitest';
import { createTestApp } from '../../test/build-app.ts';

interface Operation {
  readonly summary?: string;
  readonly responses: Record<
    string,
    { content?: Record<string, { schema: { properties?: Record<string, { enum?: string[] }> } }> }
  >;
}

test('every endpoint is described with its summary, its answer and what it refuses, and the viewer needs no inline script', async () => {
  const { app } = await createTestApp();
  const document = (await app.http.inject('/api/docs/json')).json<{
    paths: Record<string, Record<string, Operation>>;
  }>();
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );
  const names = described.map(({ name }) => name);
  expect(names).toContain('POST /api/consultations/{requestId}/triage/accept');
  expect(names).toContain('PUT /api/escalation-ladders/{ladderId}');
  const contracts = described.filter(({ operation }) => operation.summary !== undefined);
  expect(contracts.length).toBeGreaterThan(100);
  for (const { name, operation } of contracts) {
    expect(operation.summary, name).not.toBe('');
    if (!name.includes(' /api/')) continue;
    const refusal = operation.responses['default']?.content?.['application/problem+json'];
    expect(refusal?.schema.properties?.['code']?.enum, name).toEqual(Object.keys(errorCatalog));
  }

  const viewer = await app.http.inject('/api/docs/');
  expect(viewer.statusCode).toBe(200);
  // Scripts come from files of this server, and none is written into the page.
  expect(viewer.body).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
  expect(viewer.body).not.toMatch(/(src|href)="https?:/);
  expect(viewer.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe-inline/);
  await app.close();
});
