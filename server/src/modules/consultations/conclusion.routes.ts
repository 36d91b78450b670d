import {
  amendConclusion,
  discardAmendment,
  getConclusion,
  previewConclusion,
  saveConclusion,
  signConclusion,
  signConclusions,
} from '@jaqyn/shared/consultations/conclusion.contract';
import { RequestId } from '@jaqyn/shared/kernel/ids';
import {
  DocumentLanguage,
  Edition,
  listSignedEditions,
  SIGNED_FILES,
  SlipLanguage,
} from '@jaqyn/shared/signatures/signature.contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
import * as z from 'zod/mini';
import { type Access, actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { ConclusionService } from './conclusion.service.ts';
import type { ConclusionFilesService, RecordFile } from './conclusion-files.service.ts';
import type { ConclusionSigningService } from './conclusion-signing.service.ts';

interface Options {
  readonly conclusions: ConclusionService;
  readonly signing: ConclusionSigningService;
  readonly files: ConclusionFilesService;
}

const PDF = 'application/pdf';
const JSON_TYPE = 'application/json';
const READERS = ['feldsher', 'specialist', 'coordinator'] as const;
const params = z.object({ requestId: RequestId });

export function conclusionRoutes(app: FastifyInstance, { conclusions, signing, files }: Options): void {
  route(app, getConclusion, READERS, async ({ params }, request) =>
    conclusions.getConclusion(actorOf(request), params.requestId),
  );
  route(app, saveConclusion, ['specialist'], async ({ params, body }, request) =>
    conclusions.saveConclusion(actorOf(request), params.requestId, body.baseVersion, body.content),
  );
  route(app, previewConclusion, ['specialist'], async ({ params }, request) =>
    signing.preview(actorOf(request), params.requestId),
  );
  route(app, signConclusion, ['specialist'], async ({ params, body }, request) => {
    const { sha256, password, ...more } = body;
    return signing.sign(actorOf(request), params.requestId, sha256, password, more);
  });
  route(app, signConclusions, ['specialist'], async ({ body }, request) => ({
    outcomes: await signing.signAll(actorOf(request), body.items, body.password),
  }));
  route(app, amendConclusion, ['specialist'], async ({ params, body }, request) =>
    conclusions.amend(actorOf(request), params.requestId, body.reason),
  );
  route(app, discardAmendment, ['specialist'], async ({ params }, request) =>
    conclusions.discardAmendment(actorOf(request), params.requestId),
  );
  route(app, listSignedEditions, READERS, async ({ params }, request) => ({
    editions: await files.listEditions(actorOf(request), params.requestId),
  }));

  const edition = z.object({ edition: Edition });
  const page = z.object({ edition: Edition, language: z._default(DocumentLanguage, 'kk') });
  fileRoute(
    app,
    SIGNED_FILES.pdf,
    [PDF, 'The signed page as PDF, Kazakh or Russian'],
    READERS,
    page,
    (actor, id, query) => files.getPdf(actor, id, query.language, query.edition),
  );
  const slip = z.object({ edition: Edition, language: z._default(SlipLanguage, 'kk') });
  fileRoute(app, SIGNED_FILES.slip, [PDF, 'The patient’s slip in large print'], READERS, slip, (actor, id, query) =>
    files.getSlip(actor, id, query.language, query.edition),
  );
  fileRoute(
    app,
    SIGNED_FILES.document,
    [JSON_TYPE, 'The signed data: canonical JSON'],
    READERS,
    edition,
    (actor, id, query) => files.getDocument(actor, id, query.edition),
  );
  fileRoute(
    app,
    SIGNED_FILES.evidence,
    [JSON_TYPE, 'What the media server measured of the consult, as it was signed'],
    READERS,
    edition,
    (actor, id, query) => files.getEvidence(actor, id, query.edition),
  );
  fileRoute(
    app,
    SIGNED_FILES.manifest,
    [JSON_TYPE, 'The exact bytes under the signature'],
    READERS,
    edition,
    (actor, id, query) => files.getManifest(actor, id, query.edition),
  );
  fileRoute(
    app,
    SIGNED_FILES.signature,
    ['application/pkcs7-signature', 'The detached CMS over the manifest, DER'],
    READERS,
    edition,
    (actor, id, query) => files.getSignature(actor, id, query.edition),
  );
  const preview = z.object({ language: z._default(DocumentLanguage, 'kk') });
  fileRoute(
    app,
    SIGNED_FILES.previewPdf,
    [PDF, 'The page that signing would bind'],
    ['specialist'],
    preview,
    async (actor, id, query) => ({
      name: 'preview.pdf',
      mediaType: 'application/pdf',
      bytes: await signing.previewPdf(actor, id, query.language),
    }),
  );
}

/** An endpoint whose answer is a file: shown by the browser where it can, never run, never kept by a cache. */
function fileRoute<Q extends z.core.$ZodType>(
  app: FastifyInstance,
  url: string,
  [mediaType, summary]: readonly [mediaType: string, summary: string],
  access: Access,
  query: Q,
  read: (actor: Actor, id: RequestId, query: z.output<Q>) => Promise<RecordFile>,
): void {
  app.get(
    url,
    {
      config: { access },
      schema: {
        summary,
        tags: ['consultations'],
        params,
        querystring: query,
        response: { 200: describeFile(mediaType) },
      },
    },
    async (request, reply) => {
      const { requestId } = request.params as z.output<typeof params>;
      return sendFile(reply, await read(actorOf(request), requestId, request.query as z.output<Q>));
    },
  );
}

/** For the description of the interface; bytes are sent as they are. */
function describeFile(mediaType: string) {
  return { description: 'The file', content: { [mediaType]: { schema: z.string() } } };
}

function sendFile(reply: FastifyReply, { name, mediaType, bytes }: RecordFile): FastifyReply {
  return reply
    .header('content-disposition', `inline; filename="${name}"`)
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    .type(mediaType)
    .send(bytes);
}
