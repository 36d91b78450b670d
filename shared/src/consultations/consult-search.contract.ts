import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { RequestId, SpecialtyCode } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';
import { CONSULTATION_STATES } from './consultation.machine.ts';

/** What was found: a line of the chat, the question that was asked, or a signed conclusion. */
export const CONSULT_TEXT_KINDS = ['message', 'question', 'conclusion'] as const;
export type ConsultTextKind = (typeof CONSULT_TEXT_KINDS)[number];

export const ConsultTextHit = z.object({
  requestId: RequestId,
  requestNumber: z.string(),
  requestStatus: z.enum(CONSULTATION_STATES),
  specialty: SpecialtyCode,
  kind: z.enum(CONSULT_TEXT_KINDS),
  at: Instant,
  /** Who wrote it. */
  authorName: z.string(),
  /** Family name and initials; empty in an emergency without a card. */
  patient: z.nullable(z.object({ familyName: z.string(), givenName: z.string(), middleName: z.string() })),
  /** Around the first word that was found, cut at words. */
  excerpt: z.string(),
});
export type ConsultTextHit = z.infer<typeof ConsultTextHit>;

export const searchConsults = endpoint({
  method: 'GET',
  path: '/api/consultation-texts',
  summary:
    'Chat, questions and signed conclusions of the consults one may read, in which every word begins a word; newest first',
  query: z.object({
    q: z.string().check(z.minLength(2), z.maxLength(120)),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 30),
  }),
  response: z.object({ hits: z.array(ConsultTextHit), hasMore: z.boolean() }),
});
