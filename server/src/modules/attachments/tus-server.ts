import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ErrorCode } from '@jaqyn/shared/errors/error-catalog';
import type { AttachmentId } from '@jaqyn/shared/kernel/ids';
import { FileStore } from '@tus/file-store';
import { Server, Upload } from '@tus/server';
import { DomainError } from '../../kernel/domain-error.ts';
import type { UploadService } from './upload.service.ts';

type Uploads = Pick<UploadService, 'getState' | 'complete'>;

/** What the protocol answers. */
export interface TusAnswer {
  readonly status: number;
  readonly headers: Headers;
}

/**
 * The tus protocol over files that were announced before: how far is it (HEAD), here is more (PATCH). Everything about who may, what was
 * announced and what becomes of it is the upload service's.
 */
export class TusServer {
  readonly #server: Server;
  /** What a request failed with, by the request. */
  readonly #failures = new WeakMap<object, unknown>();

  constructor({ folder, uploads }: { folder: string; uploads: Uploads }) {
    this.#server = new Server({
      path: '/api/uploads',
      datastore: new AnnouncedFiles(folder, uploads),
      // Pages of other origins have no business here: no header that would let them read an answer.
      allowedOrigins: [],
      onUploadFinish: async (_request, { id }) => {
        await uploads.complete(id as AttachmentId);
        return {};
      },
      onResponseError: (request, error) => {
        this.#failures.set(request, error);
        return undefined;
      },
    });
  }

  /** The same for bytes that came another way: how many are there then. Throws as {@link handle}. */
  async append(id: AttachmentId, offset: number, bytes: Uint8Array): Promise<number> {
    const headers = new Headers({
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'content-length': String(bytes.byteLength),
      'upload-offset': String(offset),
    });
    const answer = await this.handle({ method: 'PATCH', id, headers, body: Readable.from([bytes]) });
    return Number(answer.headers.get('upload-offset'));
  }

  /** Throws DomainError where the protocol refuses. */
  async handle(request: {
    method: 'HEAD' | 'PATCH';
    id: AttachmentId;
    headers: Headers;
    body: Readable | undefined;
  }): Promise<TusAnswer> {
    const { method, id, headers, body } = request;
    const web = new Request(`http://jaqyn.local/api/uploads/${id}`, {
      method,
      headers,
      ...(body !== undefined && { body: Readable.toWeb(body) as ReadableStream, duplex: 'half' as const }),
    });
    const response = await this.#server.handleWeb(web);
    if (response.status < 400) return { status: response.status, headers: response.headers };
    const failure = this.#failures.get(web);
    if (failure instanceof DomainError) throw failure;
    throw new DomainError(codeOf(response.status), { cause: failure });
  }
}

/** The files of the folder, with the database instead of a file of notes beside each. */
class AnnouncedFiles extends FileStore {
  readonly #uploads: Uploads;

  constructor(directory: string, uploads: Uploads) {
    super({ directory });
    this.#uploads = uploads;
  }

  override async getUpload(id: string): Promise<Upload> {
    const { byteLength, offset } = await this.#uploads.getState(id as AttachmentId);
    return new Upload({ id, size: byteLength, offset });
  }

  /** The package's own says the same for a full disk and for a sender who went away. */
  override async write(readable: Readable, id: string, offset: number): Promise<number> {
    const file = createWriteStream(path.join(this.directory, id), { flags: 'r+', start: offset });
    try {
      await pipeline(readable, file);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      throw new DomainError(DISK_FAULTS.has(code) ? 'attachment.disk_full' : 'attachment.offset_conflict', {
        cause: error,
      });
    }
    return offset + file.bytesWritten;
  }
}

const DISK_FAULTS: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS']);

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 404:
    case 410:
      return 'attachment.upload_gone';
    case 409:
    case 423:
      return 'attachment.offset_conflict';
    case 413:
      return 'attachment.too_large';
    default:
      return status >= 500 ? 'server.internal' : 'request.invalid';
  }
}
