import * as z from 'zod/mini';
import { LocalText } from '../auth/auth.contract.ts';
import { Consent, ConsentInput } from '../consents/consent.ts';
import { ProtocolVersionId } from '../kernel/ids.ts';
import { freeText, requiredText } from '../kernel/text.ts';
import { Instant } from '../kernel/time.ts';
import { ItemKey, Pregnancy } from '../protocols/pregnancy.ts';
import { Urgency } from './urgency.ts';

/** Signs that were looked for by one protocol, and those that were found. */
const CheckedProtocol = z.object({ id: ProtocolVersionId, signs: z.array(ItemKey).check(z.maxLength(25)) });

export const DangerCheckInput = z.object({
  protocols: z.array(CheckedProtocol).check(z.minLength(1), z.maxLength(6)),
  /** Why it is less urgent than the signs ask for; empty where it is not. */
  overrideReason: freeText(500),
});
export type DangerCheckInput = z.infer<typeof DangerCheckInput>;

/** What a station writes on the card of a request beside the question: all of it may follow later. */
export const CardContent = z.object({
  complaints: freeText(4000),
  anamnesis: freeText(4000),
  urgencyReason: freeText(500),
  pregnancy: Pregnancy,
  /** Item of the protocol of completeness → why this station cannot give it. */
  notPossible: z.record(ItemKey, requiredText(300)),
});
export type CardContent = z.infer<typeof CardContent>;

export const EMPTY_CARD: CardContent = {
  complaints: '',
  anamnesis: '',
  urgencyReason: '',
  pregnancy: 'not_asked',
  notPossible: {},
};

/** With the request, in one piece: a cut loses all of it or none. */
export const RequestCardInput = z.object({
  ...CardContent.shape,
  dangerCheck: z.optional(DangerCheckInput),
  consent: z.optional(ConsentInput),
  /** The patient's summary was read out and is still so: which version. */
  confirmedSummary: z.optional(z.number().check(z.int(), z.minimum(0))),
});
export type RequestCardInput = z.infer<typeof RequestCardInput>;

/** What was found when danger signs were looked for, in the words of the version it was judged by. */
export const DangerCheck = z.object({
  protocols: z.array(z.object({ id: ProtocolVersionId, version: z.number(), title: LocalText })),
  signs: z.array(z.object({ key: z.string(), text: LocalText, raisesTo: Urgency })),
  raisedTo: z.nullable(Urgency),
  overrideReason: z.string(),
  at: Instant,
  byName: z.string(),
});
export type DangerCheck = z.infer<typeof DangerCheck>;

/** The card as its readers see it. */
export const RequestCard = z.object({
  ...CardContent.shape,
  notPossible: z.record(z.string(), z.string()),
  version: z.number(),
  /** Null where the specialty has no protocol. */
  completeness: z.nullable(
    z.object({
      protocolId: ProtocolVersionId,
      protocolVersion: z.number(),
      ready: z.number(),
      expected: z.number(),
      items: z.array(
        z.object({
          key: z.string(),
          label: LocalText,
          state: z.enum(['ready', 'missing', 'not_possible']),
          reason: z.string(),
        }),
      ),
    }),
  ),
  /** Whether signs are to be looked for: age, sex and pregnancy make some apply. */
  asksDanger: z.boolean(),
  dangerCheck: z.nullable(DangerCheck),
  consent: z.nullable(Consent),
  /** When the patient's summary was last confirmed for this request. */
  summaryConfirmedAt: z.nullable(Instant),
});
export type RequestCard = z.infer<typeof RequestCard>;
