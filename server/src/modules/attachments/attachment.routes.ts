import type { Readable } from 'node:stream';
import {
  createAttachment,
  labelAttachment,
  listAttachments,
  RenditionRole,
  withdrawAttachment,
} from '@jaqyn/shared/attachments/attachment.contract';
import { AttachmentId } from '@jaqyn/shared/kernel/ids';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { AttachmentService } from './attachment.service.ts';
import type { TusServer } from './tus-server.ts';
import type { UploadService } from './upload.service.ts';

interface Options {
  readonly attachments: AttachmentService;
  readonly uploads: UploadService;
  readonly tus: TusServer;
}

const READERS = ['feldsher', 'specialist', 'coordinator'] as const;
const SENDERS = ['feldsher', 'specialist'] as const;
const params = z.object({ attachmentId: AttachmentId });

export function attachmentRoutes(app: FastifyInstance, { attachments, uploads, tus }: Options): void {
  route(app, createAttachment, SENDERS, async ({ params, body }, request) =>
    attachments.createAttachment(actorOf(request), params.requestId, body),
  );
  route(app, listAttachments, READERS, async ({ params }, request) => ({
    attachments: await attachments.listAttachments(actorOf(request), params.requestId),
  }));
  route(app, labelAttachment, SENDERS, async ({ params, body }, request) =>
    attachments.label(actorOf(request), params.attachmentId, body),
  );
  route(app, withdrawAttachment, SENDERS, async ({ params }, request) => {
    await attachments.withdraw(actorOf(request), params.attachmentId);
    return { withdrawn: true as const };
  });
  readRoute(app, attachments);
  tusRoutes(app, uploads, tus);
}

function readRoute(app: FastifyInstance, attachments: AttachmentService): void {
  const file = z.object({ attachmentId: AttachmentId, role: RenditionRole });
  const query = z.object({ page: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(1000)), 1) });
  app.get(
    '/api/attachments/:attachmentId/files/:role',
    {
      config: { access: READERS },
      schema: {
        summary: 'A picture or a page of a file, or the PDF itself: drawn anew from what was sent',
        tags: ['attachments'],
        params: file,
        querystring: query,
      },
    },
    async (request, reply) => {
      const { attachmentId, role } = request.params as z.output<typeof file>;
      const { page } = request.query as z.output<typeof query>;
      const found = await attachments.getFile(actorOf(request), attachmentId, role, page);
      const ending = found.mediaType.split('/')[1];
      // A PDF is saved, never opened inside the page; and nothing of it may run or ask for more, wherever it is opened.
      const disposition = role === 'document' ? 'attachment' : 'inline';
      return reply
        .header('content-disposition', `${disposition}; filename="${attachmentId}.${ending}"`)
        .header('content-security-policy', "sandbox; default-src 'none'; frame-ancestors 'none'")
        .header('cross-origin-resource-policy', 'same-origin')
        .header('x-content-type-options', 'nosniff')
        .type(found.mediaType)
        .send(found.bytes);
    },
  );
}

/** tus 1.0 without creation: a file is announced by `createAttachment`. */
function tusRoutes(app: FastifyInstance, uploads: UploadService, tus: TusServer): void {
  // The body is written to the disk as it comes.
  app.addContentTypeParser('application/offset+octet-stream', (_request, payload, done) => done(null, payload));
  const config = { access: SENDERS };
  const schema = (summary: string) => ({ summary, tags: ['uploads'], params });
  const url = '/api/uploads/:attachmentId';

  app.head(url, { config, schema: schema('tus: how many bytes are here') }, async (request, reply) => {
    const { attachmentId } = request.params as z.output<typeof params>;
    await uploads.authorize(actorOf(request), attachmentId, 0);
    return answer(
      reply,
      await tus.handle({ method: 'HEAD', id: attachmentId, headers: headersOf(request), body: undefined }),
    );
  });
  app.patch(url, { config, schema: schema('tus: more bytes from an offset') }, async (request, reply) => {
    const { attachmentId } = request.params as z.output<typeof params>;
    await uploads.authorize(actorOf(request), attachmentId, Number(request.headers['content-length'] ?? 0));
    const body = request.body as Readable;
    return answer(reply, await tus.handle({ method: 'PATCH', id: attachmentId, headers: headersOf(request), body }));
  });
  app.delete(url, { config, schema: schema('tus: give the upload up') }, async (request, reply) => {
    const { attachmentId } = request.params as z.output<typeof params>;
    await uploads.cancel(actorOf(request), attachmentId);
    return reply.status(204).header('tus-resumable', '1.0.0').send();
  });
}

function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const name of ['tus-resumable', 'upload-offset', 'content-type', 'content-length']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}

function answer(reply: FastifyReply, { status, headers }: { status: number; headers: Headers }): FastifyReply {
  for (const [name, value] of headers) reply.header(name, value);
  return reply.status(status).send();
}
