import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createTestApp, type Inject } from '../../../test/build-app.ts';
import { CONCLUSION } from '../../../test/consult-desk.ts';
import { newConsultation, PASSWORD } from '../../../test/factories.ts';
import { openRaw } from '../../../test/raw-database.ts';
import { createTestFolder } from '../../../test/template-database.ts';
import { createWorld } from '../../../test/world.ts';

/** A signed request, by HTTP alone. */
async function createSigned() {
  const testApp = await createTestApp();
  const world = await createWorld(testApp.store);
  const feldsher = await testApp.signIn(world.feldsher);
  const specialist = await testApp.signIn(world.cardio);
  const request = newConsultation({ specialty: world.cardiology, patientId: world.patient });
  const url = `/api/consultations/${request.id}`;
  await feldsher({ method: 'POST', url: '/api/consultations', payload: request });
  await specialist({ method: 'POST', url: `${url}/accept` });
  const save = (baseVersion: number, content: object) =>
    specialist({ method: 'PUT', url: `${url}/conclusion`, payload: { baseVersion, content } });
  const sign = async () => {
    const { sha256, manifestSha256 } = (await specialist({ method: 'POST', url: `${url}/conclusion/preview` })).json();
    return specialist({
      method: 'POST',
      url: `${url}/conclusion/sign`,
      payload: { sha256, manifestSha256, password: PASSWORD },
    });
  };
  await save(0, CONCLUSION);
  expect((await sign()).statusCode).toBe(200);
  const { editions } = (await feldsher({ method: 'GET', url: `${url}/conclusion/evidence` })).json();
  return {
    ...testApp,
    world,
    feldsher,
    specialist,
    url,
    save,
    sign,
    edition: editions[0],
    raw: openRaw(testApp.store),
  };
}

const pathOf = (edition: { verificationUrl: string }) => new URL(edition.verificationUrl).pathname;

describe('the public page', () => {
  let scene: Awaited<ReturnType<typeof createSigned>>;
  let look: (path: string, inject?: Inject) => ReturnType<Inject>;
  beforeEach(async () => {
    scene = await createSigned();
    look = (path, inject = scene.inject) => inject({ method: 'GET', url: path });
  });

  test('says who signed, when and for whom they work, in three languages, and nothing about the patient', async () => {
    const { edition } = scene;
    for (const [lang, words] of [
      ['kk', 'Құжат жарамды'],
      ['ru', 'Документ действителен'],
      ['en', 'The document is valid'],
    ]) {
      const answer = await look(`${pathOf(edition)}?lang=${lang}`);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.body).toContain(words);
      expect(answer.body).toContain('Ахметов Ерлан');
      for (const { sha256, name } of edition.files.slice(0, 3)) expect(answer.body, name).toContain(sha256);
      expect(answer.body).not.toMatch(/Жақсыбекова|Гүлсім|\b\d{12}\b|стенокардия|Аспирин|Кеудесі|1958/);
      expect(Buffer.byteLength(answer.body)).toBeLessThan(15_000);
      expect(answer.body).not.toMatch(/<script|javascript:| on\w+=/i);
    }
  });

  test('lets nothing run, be loaded, framed, kept or found by search engines', async () => {
    const { headers, body } = await look(pathOf(scene.edition));
    expect(headers).toMatchObject({ 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'no-store' });
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(body).toContain('<meta name="robots" content="noindex,nofollow">');
  });

  test('an unknown token: the same page without the details, after the same work', async () => {
    const answer = await look('/v/AAAAAAAAAAAAAAAAAAAAAA?lang=en');
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('There is no such document');
    expect(answer.body).not.toContain('Ахметов');
    for (const odd of ['%00', "'%20or%201=1", '%3Cscript%3E', 'x'.repeat(90)]) {
      const strange = await look(`/v/${odd}?lang=en`);
      expect(strange.statusCode, odd).toBe(404);
      expect(strange.body, odd).not.toContain('<script');
    }
    for (const odd of ['%zz', '%', 'abc%E2%28', 'x'.repeat(101), 'x'.repeat(5000)]) {
      const unreadable = await look(`/v/${odd}?lang=en`);
      expect(unreadable.statusCode, odd).toBe(404);
      expect(unreadable.headers['content-type'], odd).toBe('text/html; charset=utf-8');
      expect(unreadable.body, odd).toContain('There is no such document');
    }
    expect((await look('/api/consultations/%zz')).statusCode).toBe(400);
  });

  test('superseded when it was amended, and the new one is valid', async () => {
    const { specialist, url, save, sign, feldsher, edition } = scene;
    await specialist({ method: 'POST', url: `${url}/conclusion/amend`, payload: { reason: 'Доза қате' } });
    await save(1, { ...CONCLUSION, medicines: 'Аспирин 100 мг' });
    expect((await sign()).json()).toMatchObject({ status: 'amended', edition: 2 });
    const { editions } = (await feldsher({ method: 'GET', url: `${url}/conclusion/evidence` })).json();
    expect((await look(`${pathOf(edition)}?lang=en`)).body).toContain('Replaced by edition 2');
    expect((await look(`${pathOf(editions[0])}?lang=en`)).body).toContain('The document is valid');
  });

  test('revoked and tampered with', async () => {
    const { raw, edition } = scene;
    raw.exec("update signing_certificate set revoked_from = '2020', revoked_at = '2020', revoke_reason = 'x'");
    expect((await look(`${pathOf(edition)}?lang=en`)).body).toContain('The signature was revoked');
    raw.exec('drop trigger document_signature_no_update');
    // Another page passed off as the signed one: the sum shown must be the one that is signed.
    raw.exec('update document_signature set pdf_kk_sha256 = document_sha256, document_sha256 = pdf_kk_sha256');
    expect((await look(`${pathOf(edition)}?lang=en`)).body).toContain('The document is not valid');
    raw.exec('update document_signature set pdf_kk_sha256 = document_sha256, document_sha256 = pdf_kk_sha256');
    expect((await look(`${pathOf(edition)}?lang=en`)).body).toContain('The signature was revoked');
    raw.exec('update document_signature set manifest = replace(manifest, \'"edition":1\', \'"edition":9\')');
    expect((await look(`${pathOf(edition)}?lang=en`)).body).toContain('The document is not valid');
  });

  test('is looked up thirty times a minute from one address, then later', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 31; i += 1) statuses.push((await look('/v/AAAAAAAAAAAAAAAAAAAAAA')).statusCode);
    expect(statuses.slice(0, 30).every((status) => status === 404)).toBe(true);
    expect(statuses[30]).toBe(429);
    for (const [lang, words] of [
      ['kk', 'Әлі тексерілген жоқ'],
      ['ru', 'Ещё не проверено'],
      ['en', 'Not checked yet'],
    ]) {
      const answer = await look(`${pathOf(scene.edition)}?lang=${lang}`);
      expect(answer.statusCode).toBe(429);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'retry-after': expect.stringMatching(/^\d+$/),
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
      expect(answer.body).toContain(words);
      // Neither that there is such a document nor what it says.
      expect(answer.body).not.toContain('Ахметов');
    }
  });

  test('says in words that the fault is the server’s, and nothing about the document', async () => {
    scene.raw.exec('alter table document_signature rename to elsewhere');
    const answer = await look(`${pathOf(scene.edition)}?lang=ru`);
    expect(answer.statusCode).toBe(500);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body).toContain('Проверить сейчас нельзя');
    expect(answer.body).not.toMatch(/elsewhere|no such table|Такого документа нет/);
  });
});

describe('the files', () => {
  test('are all that openssl needs: it accepts the signature, and each part is the one that is signed', async () => {
    const { feldsher, inject, edition, clock } = await createSigned();
    const folder = createTestFolder();
    const at = (name: string) => path.join(folder, name);
    for (const { name, href } of edition.files) {
      writeFileSync(at(name), (await feldsher({ method: 'GET', url: href })).rawPayload);
    }
    writeFileSync(at('ca.pem'), (await inject({ method: 'GET', url: '/api/signing-authority.pem' })).rawPayload);
    const seconds = String(Math.floor(clock.now().getTime() / 1000) + 60);
    const verify = (content: string) =>
      execFileSync(
        'openssl',
        [
          ...['cms', '-verify', '-binary', '-inform', 'DER', '-purpose', 'any', '-attime', seconds],
          ...['-in', at('manifest.json.p7s'), '-content', at(content), '-CAfile', at('ca.pem')],
        ],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      );
    expect(verify('manifest.json').equals(readFileSync(at('manifest.json')))).toBe(true);
    const { parts } = JSON.parse(readFileSync(at('manifest.json'), 'utf8')) as {
      parts: { name: string; length: number; sha256: string }[];
    };
    expect(parts.map(({ name }) => name)).toEqual([
      'conclusion.json',
      'conclusion.kk.pdf',
      'conclusion.ru.pdf',
      'evidence.json',
    ]);
    for (const { name, length, sha256 } of parts) {
      const bytes = readFileSync(at(name));
      const found = { length: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
      expect(found, name).toEqual({ length, sha256 });
    }
    writeFileSync(at('other.json'), readFileSync(at('manifest.json'), 'utf8').replace('"edition":1', '"edition":2'));
    expect(() => verify('other.json')).toThrow('Verification failure');
  });

  test('are the bytes whose hashes are signed, in both languages, and A4 pages without a name in their metadata', async () => {
    const { feldsher, edition } = await createSigned();
    for (const { name, href, sha256 } of edition.files) {
      const answer = await feldsher({ method: 'GET', url: href });
      expect(answer.statusCode, name).toBe(200);
      const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(answer.rawPayload));
      expect(Buffer.from(digest).toString('hex'), name).toBe(sha256);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['cache-control']).toBe('no-store');
      if (!name.endsWith('.pdf')) continue;
      const pdf = answer.rawPayload.toString('latin1');
      expect(pdf).toMatch(/^%PDF-1\.7/);
      const info = /\/Title \(([^]*?)\)\s*\/Creator/.exec(pdf)?.[1] ?? '';
      expect(info).not.toMatch(/Жақсыбекова/);
    }
  });

  test('a slip in three languages; each reading leaves its trace', async () => {
    const { feldsher, url, raw } = await createSigned();
    for (const language of ['kk', 'ru', 'en']) {
      const slip = await feldsher({ method: 'GET', url: `${url}/conclusion/slip?language=${language}` });
      expect(slip.headers['content-type']).toBe('application/pdf');
    }
    const traces = raw.prepare("select count(*) from audit_event where action = 'conclusion.read_file'").pluck().get();
    expect(traces).toBe(3);
    const missing = await feldsher({ method: 'GET', url: `${url}/conclusion/pdf?edition=7` });
    expect(missing.json()).toMatchObject({ code: 'signature.not_found' });
  });
});
