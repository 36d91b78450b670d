import { randomUUID } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { NewAttachment } from '@jaqyn/shared/attachments/attachment.contract';
import type { AttachmentId } from '@jaqyn/shared/kernel/ids';
import { newId } from '../src/kernel/ids.ts';
import type { FileChecker } from '../src/modules/attachments/file-checker.ts';
import { cookieOf, createTestApp, type TestApp } from './build-app.ts';
import { newConsultation } from './factories.ts';
import { sha256Of } from './sample-files.ts';
import { createTestFolder, createTestStore } from './template-database.ts';
import { createWorld } from './world.ts';

/** Keeps what came as it came, so that a test can compare bytes. */
export const copyingChecker: FileChecker = {
  async check(file, folder) {
    await copyFile(file, path.join(folder, 'full-1'));
    const picture = { role: 'full', page: 1, mediaType: 'image/png', width: 1, height: 1, file: 'full-1' } as const;
    return { kind: 'made', pages: 1, renditions: [picture] };
  },
  close: () => undefined,
};

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  readonly code: string | undefined;
}

export type UploadDesk = Awaited<ReturnType<typeof createUploadDesk>>;

/** A server that listens, a feldsher, a specialist and a call, with the server to be stopped and started as a test likes. */
export async function createUploadDesk({
  fileChecker,
  floorBytes = 0,
}: {
  fileChecker?: FileChecker;
  floorBytes?: number;
} = {}) {
  const store = await createTestStore();
  const world = await createWorld(store);
  const dataDir = createTestFolder();
  let server: TestApp;
  let port = 0;

  async function start(): Promise<void> {
    server = await createTestApp({
      store,
      config: { dataDir, filesFloorBytes: floorBytes },
      ...(fileChecker && { fileChecker }),
    });
    await server.app.http.listen({ host: '127.0.0.1', port: 0 });
    ({ port } = server.app.http.server.address() as AddressInfo);
  }
  await start();

  const cookies = new Map<string, string>();
  async function signIn(user: { login: string }): Promise<string> {
    const cookie = cookies.get(user.login) ?? cookieOf(await server.trySignIn(user.login, 'Тұлпар-2026'));
    cookies.set(user.login, cookie);
    return cookie;
  }

  /** As a patient client: a machine that does many things at once may be overloaded for a moment. */
  async function send(...call: Parameters<typeof sendOnce>): Promise<Answer> {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await sendOnce(...call);
      if (answer.status !== 503 || attempt === 20) return answer;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  async function sendOnce(
    user: { login: string },
    method: string,
    url: string,
    options: { body?: object | Uint8Array; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const { body, headers } = options;
    const isBytes = body instanceof Uint8Array;
    const response = await fetch(`http://127.0.0.1:${port}${url}`, {
      method,
      headers: {
        cookie: await signIn(user),
        ...(body !== undefined && !isBytes && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    // A HEAD is answered without what it would say.
    const isJson = bytes.byteLength > 0 && (response.headers.get('content-type')?.includes('json') ?? false);
    const code = isJson ? (JSON.parse(bytes.toString()) as { code?: string }).code : undefined;
    return { status: response.status, headers: response.headers, body: bytes, code };
  }

  const tus = { 'tus-resumable': '1.0.0' };
  const call = newConsultation({ specialty: world.cardiology, patientId: world.patient });
  const requestId = call.id;
  const called = await send(world.feldsher, 'POST', '/api/consultations', { body: call });
  if (called.status !== 200) throw new Error(`no call: ${called.body.toString()}`);

  return {
    store,
    world,
    dataDir,
    requestId,
    send,
    signIn,
    origin: () => `http://127.0.0.1:${port}`,
    uploadFile: (id: string) => path.join(dataDir, 'uploads', id),
    app: () => server,
    async restart(): Promise<void> {
      await server.app.close();
      await start();
    },
    announcement: (bytes: Uint8Array, changes: Partial<NewAttachment> = {}) => ({
      id: newId<AttachmentId>(),
      kind: 'ecg',
      note: '',
      fileName: `${randomUUID()}.png`,
      byteLength: bytes.byteLength,
      sha256: sha256Of(bytes),
      ...changes,
    }),
    announce: (body: object, user: { login: string } = world.feldsher) =>
      send(user, 'POST', `/api/consultations/${requestId}/attachments`, { body }),
    list: async (user: { login: string } = world.feldsher) => {
      const answer = await send(user, 'GET', `/api/consultations/${requestId}/attachments`);
      return (JSON.parse(answer.body.toString()) as { attachments: Record<string, unknown>[] }).attachments;
    },
    head: (id: string, user: { login: string } = world.feldsher) =>
      send(user, 'HEAD', `/api/uploads/${id}`, { headers: tus }),
    patch: (id: string, offset: number, bytes: Uint8Array, user: { login: string } = world.feldsher) =>
      send(user, 'PATCH', `/api/uploads/${id}`, {
        body: bytes,
        headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      }),
    /** Says that all of `bytes` come, sends the first ones, and the line is dead. */
    async cutPatch(id: string, offset: number, bytes: Uint8Array, sent: number): Promise<void> {
      const cookie = await signIn(world.feldsher);
      await new Promise<void>((resolve) => {
        const sending = request({
          host: '127.0.0.1',
          port,
          path: `/api/uploads/${id}`,
          method: 'PATCH',
          headers: {
            ...tus,
            cookie,
            'upload-offset': offset,
            'content-type': 'application/offset+octet-stream',
            'content-length': bytes.byteLength,
          },
        });
        sending.on('error', () => undefined);
        sending.on('close', () => resolve());
        sending.write(bytes.subarray(0, sent), () => setImmediate(() => sending.destroy()));
        if (sent === 0) sending.flushHeaders();
      });
    },
    read: (id: string, role: string, page = 1, user: { login: string } = world.feldsher) =>
      send(user, 'GET', `/api/attachments/${id}/files/${role}?page=${page}`),
  };
}
