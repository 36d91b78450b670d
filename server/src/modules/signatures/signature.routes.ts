import type { Language } from '@jaqyn/shared/auth/auth.contract';
import {
  listSigningCertificates,
  revokeSigningCertificate,
  SIGNED_FILES,
} from '@jaqyn/shared/signatures/signature.contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { DocumentStanding, SignatureService } from './signature.service.ts';
import { renderVerificationPage, VERIFICATION_CSP, type VerifiedDocument } from './verification-page.ts';

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

  app.get<{ Params: { token: string }; Querystring: { lang?: unknown } }>(
    '/v/:token',
    {
      config: { access: 'public', requestsPerMinute: LOOK_UPS_PER_MINUTE },
      schema: { hide: true },
    },
    async (request, reply) => {
      const standing = await signatures.findStanding(request.params.token);
      const language = languageOf(request);
      const path = `/v/${encodeURIComponent(request.params.token)}`;
      const page = renderVerificationPage(standing && toDocument(standing, language), {
        language,
        path,
        now: clock.now(),
      });
      return reply
        .status(standing === undefined ? 404 : 200)
        .headers({
          'content-security-policy': VERIFICATION_CSP,
          'x-robots-tag': 'noindex, nofollow',
          'cache-control': 'no-store',
          'content-language': language,
          vary: 'accept-language',
        })
        .type('text/html; charset=utf-8')
        .send(page);
    },
  );
}

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
function languageOf(request: FastifyRequest<{ Querystring: { lang?: unknown } }>): Language {
  const asked = request.query.lang;
  if (asked === 'kk' || asked === 'ru' || asked === 'en') return asked;
  const liked = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((code) => code === 'kk' || code === 'ru' || code === 'en');
  return liked ?? 'kk';
}
