import { errorCatalog } from '@jaqyn/shared/errors/error-catalog';
import { expect, test } from 'vitest';
import { createTestApp } from '../../test/build-app.ts';
import { typeOf } from './api-page.ts';

interface Operation {
  readonly summary?: string;
  readonly responses: Record<
    string,
    { content?: Record<string, { schema: { properties?: Record<string, { enum?: string[] }> } }> }
  >;
}

test('every endpoint is described with its summary, its answer and what it refuses, and stands in the viewer, which needs no script', async () => {
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
  // One page: nothing runs and nothing is loaded, and every operation stands on it.
  expect(viewer.body).not.toMatch(/<script|(src|href)="https?:/);
  expect(viewer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri/);
  for (const { name } of described) {
    const [method = '', path = ''] = name.split(' ');
    expect(viewer.body, name).toContain(`<b>${method}</b> <code>${path}</code>`);
  }
  expect((await app.http.inject('/api/docs/yaml')).body).toMatch(/^openapi: /);
  await app.close();
});

test.each([
  [{ type: 'string', maxLength: 120 }, 'string /* ≤ 120 */'],
  [{ type: 'string', enum: ['kk', 'ru'], nullable: true }, '"kk" | "ru" | null'],
  [{ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } }, '(string | number)[]'],
  [{ type: 'object', additionalProperties: { type: 'boolean' } }, 'Record<string, boolean>'],
  [{ $ref: '#/components/schemas/Patient' }, 'Patient'],
  [
    { type: 'object', properties: { a: { type: 'integer', minimum: 0 }, b: { type: 'string' } }, required: ['a'] },
    '{\n  a: integer /* ≥ 0 */;\n  b?: string;\n}',
  ],
])('a shape is told in the notation of TypeScript: %j', (schema, words) => {
  expect(typeOf(schema)).toBe(words);
});
