import type { Language } from '@jaqyn/shared/auth/auth.contract';
import {
  listSigningCertificates,
  revokeSigningCertificate,
  SIGNED_FILES,
} from '@jaqyn/shared/signatures/signature.contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { actorOf } from '../../http/access.ts';
import { problemOf } from '../../http/problem-handler.ts';
import { route } from '../../http/route.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { DocumentStanding, SignatureService } from './signature.service.ts';
import {
  renderUnanswered,
  renderVerificationPage,
  VERIFICATION_CSP,
  type VerifiedDocument,
} from './verification-page.ts';

interface Options {
  readonly signatures: SignatureService;
  readonly clock: Clock;
  /** PEM of the house's own authority; null where another signs. */
  readonly authorityPem: string | null;
}

// A pharmacy looks up some papers in a minute; who tries tokens would need 10^31 years at this speed.
const LOOK_UPS_PER_MINUTE = 30;

export function signatureRoutes(app: FastifyInstance, { signatures, clock, authorityPem }: Options): void {
  route(app, listSigningCertificates, ['admin'], async ({ query }) => ({
    certificates: await signatures.listCertificates(query.practitionerId),
  }));
  route(app, revokeSigningCertificate, ['admin'], async ({ params, body }, request) =>
    signatures.revoke(actorOf(request), params.serial, body.from, body.reason),
  );

  app.get(
    SIGNED_FILES.authority,
    {
      config: { access: 'public' },
      schema: {
        summary: 'The root of the house’s own signatures, for `openssl cms -verify -CAfile`',
        tags: ['signatures'],
        response: { 200: { description: 'The file', content: { 'application/x-pem-file': { schema: z.string() } } } },
      },
    },
    async (_request, reply) => {
      if (authorityPem === null) throw new DomainError('certificate.not_found');
      return reply.type('application/x-pem-file').send(Buffer.from(authorityPem));
    },
  );

  const send = (request: LookUp, reply: FastifyReply, status: number, page: string) =>
    reply
      .status(status)
      .headers({
        'content-security-policy': VERIFICATION_CSP,
        'x-robots-tag': 'noindex, nofollow',
        'cache-control': 'no-store',
        'content-language': languageOf(request),
        vary: 'accept-language',
      })
      .type('text/html; charset=utf-8')
      .send(page);
  const optionsOf = (request: LookUp) => ({
    language: languageOf(request),
    path: `/v/${encodeURIComponent(request.params.token)}`,
    now: clock.now(),
  });

  app.get<LookUpRoute>(
    '/v/:token',
    {
      config: { access: 'public', requestsPerMinute: LOOK_UPS_PER_MINUTE },
      schema: { hide: true },
      // For people, who are not helped by a problem in JSON.
      errorHandler: (error, request, reply) => {
        const { code, status, retryAfter } = problemOf(error, request.id);
        if (status >= 500) request.log.error({ err: error, code }, 'request failed');
        else request.log.info({ code }, 'request refused');
        if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
        const isTooOften = code === 'request.rate_limited';
        const why = isTooOften
          ? { kind: 'too_often' as const, seconds: retryAfter ?? 60 }
          : { kind: 'failed' as const };
        void send(request, reply, status, renderUnanswered(why, optionsOf(request)));
      },
    },
    async (request, reply) => {
      const standing = await signatures.findStanding(request.params.token);
      const options = optionsOf(request);
      const page = renderVerificationPage(standing && toDocument(standing, options.language), options);
      return send(request, reply, standing === undefined ? 404 : 200, page);
    },
  );
}

interface LookUpRoute {
  Params: { token: string };
  Querystring: { lang?: unknown };
}
type LookUp = FastifyRequest<LookUpRoute>;

function toDocument({ row, status, successor }: DocumentStanding, language: Language): VerifiedDocument {
  const { edition, signerName, signedAt, method, certificateSerial } = row;
  return {
    status,
    edition,
    signerName,
    signedAt,
    method,
    certificateSerial,
    organization: (JSON.parse(row.organization) as Record<Language, string>)[language],
    hashes: { pdfKk: row.pdfKkSha256, pdfRu: row.pdfRuSha256, document: row.documentSha256 },
    supersededBy: successor && { edition: successor.edition, signedAt: successor.signedAt },
  };
}

/** Asked for, else what the browser likes best, else Kazakh. */
function languageOf(request: LookUp): Language {
  const asked = request.query.lang;
  if (asked === 'kk' || asked === 'ru' || asked === 'en') return asked;
  const liked = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((code) => code === 'kk' || code === 'ru' || code === 'en');
  return liked ?? 'kk';
}
