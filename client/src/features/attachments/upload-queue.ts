/**
 * Sends what was photographed, one file after another. Each lies in this device's drafts with strict durability until the server has stored
 * it: a reload, a cut or an empty battery loses nothing, and it goes on by itself.
 */
import { createAttachment, uploadPath } from '@jaqyn/shared/attachments/attachment.contract';
import type { AttachmentId, RequestId } from '@jaqyn/shared/kernel/ids';
import { Upload as TusUpload } from 'tus-js-client';
import { call } from '../../lib/api-client.ts';
import { deleteDraft, listDrafts, saveDraft } from '../../lib/drafts.ts';
import { newId } from '../../lib/ids.ts';
import { isSessionGone, isTemporary, ProblemError } from '../../lib/problem-error.ts';
import { queryClient } from '../../lib/query-client.ts';
import { onSessionChange, sessionState } from '../../lib/session.ts';
import { signalling } from '../../lib/signalling.ts';
import { createStore } from '../../lib/store.ts';
import { unsentFiles } from '../../lib/unsent-files.ts';
import { makeQuickLook, makeSmaller, needsQuickLook } from './pictures.ts';
import { nextOf, UPLOADS, type Upload, UploadEntry, type UploadProgress, uploadKey } from './upload-entry.ts';
import { giveLineBack, lineRate, sendBytes } from './upload-sender.ts';

export const uploads = createStore<readonly Upload[]>([]);

let owner: string | undefined;
let running: { readonly id: AttachmentId; stop(): void } | undefined;
let failures = 0;
let retry: ReturnType<typeof setTimeout> | undefined;

/** Takes up what was not sent when the page was left. Again is harmless. */
export async function startUploads(): Promise<void> {
  const session = sessionState();
  const user = session.kind === 'signed_in' ? session.user.id : undefined;
  if (user === undefined || user === owner) return;
  owner = user;
  const found = await listDrafts(user, UPLOADS, UploadEntry);
  const known = new Set(uploads.get().map(({ entry }) => entry.id));
  const restored = found.filter(({ value }) => !known.has(value.id)).map(({ value }) => toUpload(value));
  replace([...uploads.get(), ...restored]);
  run();
}

export interface NewFile {
  readonly requestId: RequestId;
  readonly kind: UploadEntry['kind'];
  readonly note: string;
  readonly file: Blob;
  readonly fileName: string;
  /** The person chose the smaller copy over the original. */
  readonly isSmaller: boolean;
  readonly isHeld: boolean;
}

/** Resolves when the file is safe on this device. Throws ProblemError `draft.unsaved`, `attachment.empty`. */
export async function addFile({ requestId, kind, note, file, fileName, isSmaller, isHeld }: NewFile): Promise<void> {
  const blob = (isSmaller && (await makeSmaller(file))) || file;
  if (blob.size === 0) throw ProblemError.local('attachment.empty');
  const common = { requestId, kind, note, fileName, addedAt: Date.now(), isHeld, isPaused: false, rank: 0 };
  const id = newId() as AttachmentId;
  await keep({ ...common, id, blob, sha256: await hashOf(blob), quickLookOf: null });
  const look = needsQuickLook(blob, lineRate()) ? await makeQuickLook(blob) : undefined;
  if (look) {
    await keep({ ...common, id: newId() as AttachmentId, blob: look, sha256: await hashOf(look), quickLookOf: id });
  }
  run();
}

/** The request was sent: its files may follow. */
export async function releaseFiles(requestId: RequestId): Promise<void> {
  await startUploads();
  for (const { entry } of uploads.get()) {
    if (entry.requestId === requestId && entry.isHeld) await change(entry.id, { isHeld: false });
  }
  run();
}

export async function pauseUpload(id: AttachmentId): Promise<void> {
  if (running?.id === id) running.stop();
  await change(id, { isPaused: true });
  run();
}

export async function resumeUpload(id: AttachmentId): Promise<void> {
  await change(id, { isPaused: false });
  run();
}

/** Gives the file up here and at the server; without a line the server forgets it after a week. */
export async function cancelUpload(id: AttachmentId): Promise<void> {
  if (running?.id === id) running.stop();
  for (const { entry } of uploads.get()) {
    if (entry.id !== id && entry.quickLookOf !== id) continue;
    await forget(entry.id);
    if (!entry.isHeld) void TusUpload.terminate(uploadPath(entry.id), { retryDelays: null }).catch(() => {});
  }
  run();
}

/** What is too large as it is goes as the smaller copy; false, and all as it was, where this browser cannot make one. */
export async function sendSmaller(id: AttachmentId): Promise<boolean> {
  const entry = uploads.get().find((upload) => upload.entry.id === id)?.entry;
  const blob = entry && (await makeSmaller(entry.blob));
  if (!entry || !blob) return false;
  await keep({ ...entry, id: newId() as AttachmentId, blob, sha256: await hashOf(blob), isPaused: false });
  await cancelUpload(id);
  return true;
}

/** Resolves when it is safe on this device. Throws `draft.unsaved`. */
export async function keep(entry: UploadEntry): Promise<void> {
  if (owner === undefined) await startUploads();
  if (owner === undefined) throw ProblemError.local('draft.unsaved');
  await saveDraft(owner, uploadKey(entry.id), entry);
  replace([...uploads.get(), toUpload(entry)]);
}

export async function change(id: AttachmentId, changes: Partial<UploadEntry>): Promise<void> {
  const upload = uploads.get().find(({ entry }) => entry.id === id);
  if (!upload || owner === undefined) return;
  const entry = { ...upload.entry, ...changes };
  await saveDraft(owner, uploadKey(id), entry);
  replace(
    uploads.get().map((other) => (other.entry.id === id ? { ...other, ...toUpload(entry), sent: other.sent } : other)),
  );
}

async function forget(id: AttachmentId): Promise<void> {
  if (owner !== undefined) await deleteDraft(owner, uploadKey(id));
  replace(uploads.get().filter(({ entry }) => entry.id !== id));
}

function toUpload(entry: UploadEntry): Upload {
  const kind = entry.isHeld ? 'held' : entry.isPaused ? 'paused' : 'waiting';
  return { entry, sent: 0, progress: { kind } };
}

function replace(next: readonly Upload[]): void {
  uploads.set(next);
  const whole = next.filter(({ entry }) => entry.quickLookOf === null);
  unsentFiles.set(whole.map(({ entry: { requestId, kind } }) => ({ requestId, kind })));
}

function update(id: AttachmentId, changes: { sent?: number; progress?: UploadProgress }): void {
  replace(uploads.get().map((upload) => (upload.entry.id === id ? { ...upload, ...changes } : upload)));
}

function run(): void {
  if (running !== undefined || owner === undefined) return;
  const next = nextOf(uploads.get());
  if (!next) return;
  clearTimeout(retry);
  const stop = new AbortController();
  const { id } = next.entry;
  running = { id, stop: () => stop.abort() };
  send(next.entry, stop.signal)
    .then(
      () => {
        failures = 0;
      },
      (error: unknown) => {
        if (!stop.signal.aborted) fail(id, ProblemError.from(error));
      },
    )
    .finally(() => {
      running = undefined;
      if (retry === undefined) run();
      // Between two files the picture does not come back for a second.
      if (running === undefined) giveLineBack();
    });
}

/** What may become better by itself is tried again, what cannot is said. */
function fail(id: AttachmentId, problem: ProblemError): void {
  const isWaiting = isTemporary(problem) || isSessionGone(problem) || WAITING_CODES.has(problem.code);
  update(id, { progress: isWaiting ? { kind: 'offline' } : { kind: 'failed', problem } });
  if (!isWaiting) return;
  failures += 1;
  retry = setTimeout(
    () => {
      retry = undefined;
      run();
    },
    Math.min(15_000, 500 * 2 ** failures),
  );
}

const WAITING_CODES = new Set<string>([
  'network.unreachable',
  'attachment.disk_full',
  'attachment.offset_conflict',
  'attachment.checksum_mismatch',
  'response.unexpected',
]);

async function send(entry: UploadEntry, signal: AbortSignal): Promise<void> {
  const { id, blob } = entry;
  update(id, { progress: { kind: 'sending', secondsLeft: undefined } });
  if ((await announce(entry)) !== 'uploading') return;
  const onProgress = (sent: number, secondsLeft: number | undefined): void => {
    failures = 0;
    update(id, { sent, progress: { kind: 'sending', secondsLeft } });
  };
  await sendBytes({ id, blob, onProgress, signal });
  if (!signal.aborted) await announce(entry);
}

/** Tells the server of the file, or asks what became of it: the same words do both. */
async function announce(entry: UploadEntry): Promise<string> {
  const { id, requestId, kind, note, fileName, sha256, blob, quickLookOf } = entry;
  const body = { id, kind, note, fileName, sha256, byteLength: blob.size, quickLookOf };
  const { status, problem } = await call(createAttachment, { params: { requestId }, body });
  if (!uploads.get().some((upload) => upload.entry.id === id)) return status;
  switch (status) {
    case 'uploading':
      break;
    case 'checking':
      update(id, { sent: blob.size, progress: { kind: 'checking' } });
      break;
    case 'refused':
      update(id, { progress: { kind: 'failed', problem: ProblemError.local(problem ?? 'attachment.damaged') } });
      break;
    default:
      await forget(id);
      void queryClient.invalidateQueries({ queryKey: ['attachments', requestId] });
  }
  return status;
}

/** Of those that the server looks at, whose end is told once and may be missed. */
function askAboutChecked(): void {
  for (const { entry, progress } of uploads.get()) {
    if (progress.kind === 'checking') void announce(entry).catch(() => {});
  }
}

export async function hashOf(blob: Blob): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function goOn(): void {
  clearTimeout(retry);
  retry = undefined;
  failures = 0;
  run();
  askAboutChecked();
}

signalling.on('attachment:changed', ({ attachmentId, requestId }) => {
  void queryClient.invalidateQueries({ queryKey: ['attachments', requestId] });
  const upload = uploads.get().find(({ entry }) => entry.id === attachmentId);
  if (upload?.progress.kind === 'checking') void announce(upload.entry).catch(() => {});
});
signalling.onConnected(goOn);
globalThis.addEventListener('online', goOn);
setInterval(askAboutChecked, 5000);
onSessionChange(() => {
  const session = sessionState();
  if (session.kind === 'signed_in') void startUploads();
  if (session.kind !== 'signed_out') return;
  running?.stop();
  owner = undefined;
  replace([]);
});
