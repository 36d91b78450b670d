import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ATTACHMENT_LIMITS } from '@jaqyn/shared/attachments/attachment.contract';
import { describe, expect, test } from 'vitest';
import { CONCLUSION } from '../../../test/consult-desk.ts';
import { PASSWORD } from '../../../test/factories.ts';
import { openRaw } from '../../../test/raw-database.ts';
import { makePhoto, makeTelltalePhoto, sha256Of } from '../../../test/sample-files.ts';
import { copyingChecker, createUploadDesk, type UploadDesk } from '../../../test/upload-desk.ts';

const TIMEOUT = 60_000;
const photo = Buffer.from('what a camera saw, many bytes of it');

/** Announced, sent in one piece, and seen. */
async function store(desk: UploadDesk, bytes: Buffer = photo, changes: object = {}): Promise<string> {
  const announcement = desk.announcement(bytes, changes);
  expect((await desk.announce(announcement)).status).toBe(200);
  expect((await desk.patch(announcement.id, 0, bytes)).status).toBe(204);
  await expect
    .poll(async () => (await desk.list()).find(({ id }) => id === announcement.id)?.['status'], { timeout: 20_000 })
    .not.toMatch(/uploading|checking/);
  return announcement.id;
}

/** What is sent to say what a file shows; `seen` is what `store` gives a file of its own. */
const labelled = (kind: string, note: string, seen: object = { kind: 'ecg', note: '' }) => ({ kind, note, seen });

const audited = (desk: UploadDesk, id: string) =>
  openRaw(desk.store).prepare('select action from audit_event where entity_id = ? order by seq').pluck().all(id);

describe('a file of a consultation', { timeout: TIMEOUT }, () => {
  test('goes in by pieces, is drawn anew in a process of its own, and read by whoever may read the consultation', async () => {
    const desk = await createUploadDesk();
    const bytes = await makeTelltalePhoto();
    const announcement = desk.announcement(bytes, { kind: 'skin', note: 'Сол білек' });
    const { id } = announcement;
    await desk.announce(announcement);
    expect((await desk.patch(id, 0, bytes.subarray(0, 400))).headers.get('upload-offset')).toBe('400');
    expect((await desk.head(id)).headers.get('upload-offset')).toBe('400');
    expect((await desk.patch(id, 400, bytes.subarray(400))).status).toBe(204);
    await expect.poll(async () => (await desk.list())[0]?.['status'], { timeout: 30_000 }).toBe('stored');
    const [listed] = await desk.list(desk.world.cardio);
    expect(listed).toMatchObject({ id, kind: 'skin', note: 'Сол білек', sha256: sha256Of(bytes), pages: 1 });

    const read = await desk.read(id, 'full', 1, desk.world.cardio);
    expect(read.status).toBe(200);
    expect(Object.fromEntries(read.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-disposition': `inline; filename="${id}.jpeg"`,
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    });
    expect(read.body.includes('Айгүл')).toBe(false);
    expect((await desk.read(id, 'preview')).headers.get('content-type')).toBe('image/webp');
    expect(audited(desk, id)).toEqual([
      'attachment.begin',
      'attachment.arrive',
      'attachment.store',
      'attachment.read',
      'attachment.read',
    ]);
  });

  test('of others answers as one that is missing, to whatever is asked', async () => {
    const desk = await createUploadDesk({ fileChecker: copyingChecker });
    const id = await store(desk);
    for (const stranger of [desk.world.otherFeldsher, desk.world.neuro]) {
      for (const answer of [
        await desk.read(id, 'full', 1, stranger),
        await desk.patch(id, 0, photo, stranger),
        await desk.send(stranger, 'DELETE', `/api/uploads/${id}`),
        await desk.send(stranger, 'POST', `/api/attachments/${id}/withdraw`),
        await desk.send(stranger, 'PUT', `/api/attachments/${id}/label`, { body: labelled('skin', '') }),
      ]) {
        expect([answer.status, answer.code]).toEqual([404, 'attachment.not_found']);
      }
      expect((await desk.head(id, stranger)).status).toBe(404);
      expect((await desk.announce(desk.announcement(photo), stranger)).code).toBe('consultation.not_found');
    }
    expect((await desk.read(id, 'full', 1, desk.world.coordinator)).status).toBe(200);
    expect((await desk.read(id, 'full')).body.equals(photo)).toBe(true);
  });

  test('is announced once, however often it is said, and not as another', async () => {
    const desk = await createUploadDesk({ fileChecker: copyingChecker });
    const announcement = desk.announcement(photo);
    const answers = await Promise.all([1, 2, 3].map(() => desk.announce(announcement)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await desk.list()).toHaveLength(1);
    const other = await desk.announce({ ...announcement, sha256: '1'.repeat(64) });
    expect(other.code).toBe('idempotency.key_reused');
  });

  test('is refused before it is sent: empty, too large, too many, no room', async () => {
    const desk = await createUploadDesk({ fileChecker: copyingChecker });
    const announce = async (changes: object) => (await desk.announce(desk.announcement(photo, changes))).code;
    expect(await announce({ byteLength: 0 })).toBe('attachment.empty');
    expect(await announce({ byteLength: ATTACHMENT_LIMITS.fileBytes + 1 })).toBe('attachment.too_large');
    expect(await announce({ byteLength: 1.5 })).toBe('request.invalid');
    const { fileBytes, consultationBytes } = ATTACHMENT_LIMITS;
    for (let bytes = 0; bytes + fileBytes <= consultationBytes; bytes += fileBytes) {
      expect(await announce({ byteLength: fileBytes })).toBeUndefined();
    }
    expect(await announce({ byteLength: fileBytes })).toBe('attachment.quota');

    const full = await createUploadDesk({ fileChecker: copyingChecker, floorBytes: Number.MAX_SAFE_INTEGER });
    expect((await full.announce(full.announcement(photo))).code).toBe('attachment.disk_full');
  });

  test('that is not what was announced begins anew; what goes beyond it is refused', async () => {
    const desk = await createUploadDesk({ fileChecker: copyingChecker });
    const announcement = desk.announcement(photo);
    await desk.announce(announcement);
    const garbled = Buffer.from(photo).fill('x', 0, 3);
    expect((await desk.patch(announcement.id, 0, garbled)).code).toBe('attachment.checksum_mismatch');
    expect((await desk.head(announcement.id)).headers.get('upload-offset')).toBe('0');
    expect((await desk.patch(announcement.id, 0, Buffer.concat([photo, photo]))).status).toBeGreaterThanOrEqual(400);
    const at = Number((await desk.head(announcement.id)).headers.get('upload-offset'));
    expect((await desk.patch(announcement.id, at, photo.subarray(at))).status).toBe(204);
  });

  test('on a disk that is full while it is written: said so, and it goes on afterwards', async () => {
    const desk = await createUploadDesk({ fileChecker: copyingChecker });
    const announcement = desk.announcement(photo);
    await desk.announce(announcement);
    mkdirSync(path.dirname(desk.uploadFile(announcement.id)), { recursive: true });
    symlinkSync('/dev/full', desk.uploadFile(announcement.id));
    const answer = await desk.patch(announcement.id, 0, photo);
    expect([answer.status, answer.code]).toEqual([507, 'attachment.disk_full']);
    const { rmSync } = await import('node:fs');
    rmSync(desk.uploadFile(announcement.id));
    expect((await desk.patch(announcement.id, 0, photo)).status).toBe(204);
  });
});

describe('what a file shows, said by two', { timeout: TIMEOUT }, () => {
  test('nobody writes over the other unseen; said again, or after a look, it goes through', async () => {
    const desk = await createUploadDesk({ fileChecker: copyingChecker });
    const id = await store(desk, photo, { kind: 'ecg', note: '' });
    const { feldsher, cardio } = desk.world;
    const say = async (who: typeof feldsher, body: object) => {
      const { status, code } = await desk.send(who, 'PUT', `/api/attachments/${id}/label`, { body });
      return code ?? status;
    };
    const shown = async () => (await desk.list())[0];

    expect((await desk.send(cardio, 'POST', `/api/consultations/${desk.requestId}/accept`)).status).toBe(200);
    expect(await say(cardio, labelled('ecg', 'V4–V6'))).toBe(200);
    // The feldsher's form was opened before that.
    expect(await say(feldsher, labelled('skin', 'Сол білек'))).toBe('attachment.label_changed');
    expect(await shown()).toMatchObject({ kind: 'ecg', note: 'V4–V6' });
    // Its answer was lost: the specialist's own is no other's.
    expect(await say(cardio, labelled('ecg', 'V4–V6'))).toBe(200);
    expect(await say(feldsher, labelled('skin', 'Сол білек', { kind: 'ecg', note: 'V4–V6' }))).toBe(200);
    expect(await shown()).toMatchObject({ kind: 'skin', note: 'Сол білек' });
    expect(audited(desk, id).filter((action) => action === 'attachment.label')).toHaveLength(3);
  });
});

describe('a file and the life of its request', { timeout: TIMEOUT }, () => {
  test('cancelled meanwhile: nothing more comes in', async () => {
    const desk = await createUploadDesk({ fileChecker: copyingChecker });
    const announcement = desk.announcement(photo);
    await desk.announce(announcement);
    await desk.patch(announcement.id, 0, photo.subarray(0, 9));
    await desk.send(desk.world.feldsher, 'POST', `/api/consultations/${desk.requestId}/cancel`, {
      body: { reason: 'Тест' },
    });
    expect((await desk.patch(announcement.id, 9, photo.subarray(9))).code).toBe('consultation.state_conflict');
    expect((await desk.announce(desk.announcement(photo))).code).toBe('consultation.state_conflict');
  });

  test('under a signature: by its hash in the signed document, and it stays as it was', async () => {
    const desk = await createUploadDesk({ fileChecker: copyingChecker });
    const id = await store(desk, photo, { note: 'V4–V6' });
    const gone = await store(desk, Buffer.from('of somebody else'));
    expect((await desk.send(desk.world.feldsher, 'POST', `/api/attachments/${gone}/withdraw`)).status).toBe(200);
    expect((await desk.list()).map((file) => file['id'])).toEqual([id]);

    const url = `/api/consultations/${desk.requestId}`;
    const { cardio } = desk.world;
    await desk.send(cardio, 'POST', `${url}/accept`);
    const draft = { baseVersion: 0, content: CONCLUSION };
    expect((await desk.send(cardio, 'PUT', `${url}/conclusion`, { body: draft })).status).toBe(200);
    const preview = JSON.parse((await desk.send(cardio, 'POST', `${url}/conclusion/preview`)).body.toString());
    expect(JSON.parse(preview.canonical).files).toMatchObject([
      { id, kind: 'ecg', note: 'V4–V6', sha256: sha256Of(photo) },
    ]);

    // One that came after the preview is not signed unseen.
    const late = await store(desk, Buffer.from('came late'));
    const stale = await desk.send(cardio, 'POST', `${url}/conclusion/sign`, {
      body: { sha256: preview.sha256, password: PASSWORD },
    });
    expect(stale.code).toBe('conclusion.preview_stale');
    const seen = JSON.parse((await desk.send(cardio, 'POST', `${url}/conclusion/preview`)).body.toString());
    expect(JSON.parse(seen.canonical).files.map((file: { id: string }) => file.id)).toEqual([id, late]);
    const signed = await desk.send(cardio, 'POST', `${url}/conclusion/sign`, {
      body: { sha256: seen.sha256, password: PASSWORD },
    });
    expect(signed.status).toBe(200);

    const label = { body: labelled('skin', '', { kind: 'ecg', note: 'V4–V6' }) };
    expect((await desk.send(cardio, 'PUT', `/api/attachments/${id}/label`, label)).code).toBe('conclusion.signed');
    expect((await desk.send(cardio, 'POST', `/api/attachments/${id}/withdraw`)).code).toBe('conclusion.signed');
    const raw = openRaw(desk.store);
    const tamper = (sql: string) => () => raw.prepare(sql).run(id);
    expect(tamper("update attachment set status = 'withdrawn' where id = ?")).toThrow('under a signature');
    expect(tamper("update attachment set sha256 = '00' where id = ?")).toThrow('never changes');
    expect(tamper('delete from attachment where id = ?')).toThrow('never deleted');
    expect(tamper("update attachment_rendition set sha256 = '00' where attachment_id = ?")).toThrow('append-only');
    expect(tamper('delete from attachment_rendition where attachment_id = ?')).toThrow('append-only');
    expect((await desk.read(id, 'full')).body.equals(photo)).toBe(true);
  });

  test('refused by the check: why is said, and the bytes are gone', async () => {
    const desk = await createUploadDesk({
      fileChecker: {
        check: async () => ({ kind: 'refused', problem: 'attachment.encrypted' }),
        close: () => undefined,
      },
    });
    const id = await store(desk);
    expect(await desk.list()).toMatchObject([{ id, status: 'refused', problem: 'attachment.encrypted' }]);
    expect((await desk.read(id, 'full')).code).toBe('attachment.not_found');
  });

  test('given up by its sender is gone; stored, it cannot be', async () => {
    const desk = await createUploadDesk({ fileChecker: copyingChecker });
    const announcement = desk.announcement(photo);
    await desk.announce(announcement);
    await desk.patch(announcement.id, 0, photo.subarray(0, 9));
    for (let time = 0; time < 2; time += 1) {
      expect((await desk.send(desk.world.feldsher, 'DELETE', `/api/uploads/${announcement.id}`)).status).toBe(204);
    }
    expect((await desk.patch(announcement.id, 9, photo.subarray(9))).code).toBe('attachment.upload_gone');
    expect(await desk.list()).toEqual([]);
    const stored = await store(desk);
    expect((await desk.send(desk.world.feldsher, 'DELETE', `/api/uploads/${stored}`)).code).toBe(
      'attachment.state_conflict',
    );
  });
});

describe('after a stop', { timeout: TIMEOUT }, () => {
  test('what came whole and was not brought on is checked, what stood still for a week is given up and can come again', async () => {
    const desk = await createUploadDesk({ fileChecker: copyingChecker });
    const whole = desk.announcement(photo);
    const half = desk.announcement(await makePhoto(40, 30));
    for (const announcement of [whole, half]) await desk.announce(announcement);
    await desk.patch(half.id, 0, Buffer.alloc(9));
    await desk.app().app.close();
    // The last byte was written, and then the power went.
    writeFileSync(desk.uploadFile(whole.id), photo);
    openRaw(desk.store)
      .prepare("update attachment set expires_at = '2026-01-01T00:00:00.000Z' where id = ?")
      .run(half.id);
    utimesSync(desk.uploadFile(half.id), new Date('2026-01-01'), new Date('2026-01-01'));
    writeFileSync(desk.uploadFile('019aa6b0-9c1e-7d3a-8f00-0123456789ab'), 'of nothing');
    await desk.restart();
    await expect.poll(() => desk.list(), { timeout: 20_000 }).toMatchObject([{ id: whole.id, status: 'stored' }]);
    expect((await desk.patch(half.id, 9, Buffer.alloc(9))).code).toBe('attachment.upload_gone');
    expect((await desk.announce(half)).status).toBe(200);
    expect((await desk.head(half.id)).headers.get('upload-offset')).toBe('0');
  });
});
