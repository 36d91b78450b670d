import { ConsentInput } from '@jaqyn/shared/consents/consent';
import type {
  DangerCheckInput,
  RequestCard,
  RequestCardInput,
} from '@jaqyn/shared/consultations/request-card.contract';
import { Pregnancy } from '@jaqyn/shared/protocols/pregnancy';
import * as z from 'zod/mini';

/** The card of a request as it is typed, kept on this device until it is sent. */
export const CardDraft = z.object({
  complaints: z.string(),
  anamnesis: z.string(),
  urgencyReason: z.string(),
  /** Why it is less urgent than the danger signs ask for. */
  overrideReason: z.string(),
  pregnancy: Pregnancy,
  notPossible: z.record(z.string(), z.string()),
  /** Protocol of danger signs → what was ticked; null before anybody looked. */
  found: z.nullable(z.record(z.string(), z.array(z.string()))),
  consent: z.nullable(ConsentInput),
  /** "Still so" was said to this version of the patient's summary. */
  confirmedSummary: z.nullable(z.number()),
});
export type CardDraft = z.output<typeof CardDraft>;

/** Where the card of a request that was sent is kept while it is completed. */
export const cardKey = (requestId: string) => `card:${requestId}`;

export const EMPTY_CARD_DRAFT: CardDraft = {
  complaints: '',
  anamnesis: '',
  urgencyReason: '',
  overrideReason: '',
  pregnancy: 'not_asked',
  notPossible: {},
  found: null,
  consent: null,
  confirmedSummary: null,
};

/** What was sent, to go on from. Signs and consent that are stored stay; only new ones are sent. */
export function cardDraftOf(card: RequestCard | undefined): CardDraft {
  if (card === undefined) return EMPTY_CARD_DRAFT;
  const { complaints, anamnesis, urgencyReason, pregnancy, notPossible, dangerCheck } = card;
  const keys = dangerCheck?.signs.map(({ key }) => key) ?? [];
  return {
    ...EMPTY_CARD_DRAFT,
    complaints,
    anamnesis,
    urgencyReason,
    pregnancy,
    notPossible,
    found: dangerCheck && Object.fromEntries(dangerCheck.protocols.map(({ id }) => [id, keys])),
    overrideReason: dangerCheck?.overrideReason ?? '',
  };
}

export function toCardInput(draft: CardDraft, dangerCheck: DangerCheckInput | undefined): RequestCardInput {
  const { complaints, anamnesis, urgencyReason, pregnancy, consent, confirmedSummary } = draft;
  const notPossible = Object.fromEntries(Object.entries(draft.notPossible).filter(([, why]) => why.trim() !== ''));
  return {
    complaints,
    anamnesis,
    urgencyReason,
    pregnancy,
    notPossible,
    ...(dangerCheck && { dangerCheck }),
    ...(consent && { consent }),
    ...(confirmedSummary !== null && { confirmedSummary }),
  };
}
