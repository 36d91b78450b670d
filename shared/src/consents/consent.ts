import * as z from 'zod/mini';
import { ConsentId, ConsentTextId } from '../kernel/ids.ts';
import { freeText, requiredText } from '../kernel/text.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';

/** Languages in which the text is read aloud. */
const CONSENT_LANGUAGES = ['kk', 'ru', 'en'] as const;
export const ConsentLanguage = z.enum(CONSENT_LANGUAGES);
export type ConsentLanguage = z.infer<typeof ConsentLanguage>;

const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** A version of what is read aloud. It never changes; a later one replaces it from its day on. */
export const ConsentText = z.object({
  id: ConsentTextId,
  language: ConsentLanguage,
  version: z.number(),
  text: z.string(),
  /** Of the text in UTF-8. */
  sha256: Sha256,
  effectiveFrom: CalendarDate,
});
export type ConsentText = z.infer<typeof ConsentText>;

const CONSENT_METHODS = ['oral', 'written', 'representative'] as const;
export const ConsentMethod = z.enum(CONSENT_METHODS);
export type ConsentMethod = z.infer<typeof ConsentMethod>;

/** What somebody does about the consent of a request. The id comes from the caller: again is harmless. */
export const ConsentInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('given'),
    id: ConsentId,
    textId: ConsentTextId,
    /** Of what stood on the screen that was read from. */
    sha256: Sha256,
    method: ConsentMethod,
    /** Who agreed for the patient; empty where the patient did. */
    representative: freeText(200),
  }),
  /** Nobody could be asked: life comes first. */
  z.object({ kind: z.literal('emergency'), id: ConsentId, reason: requiredText(500) }),
  z.object({ kind: z.literal('withdrawn'), id: ConsentId, reason: requiredText(500) }),
]);
export type ConsentInput = z.infer<typeof ConsentInput>;

/** FHIR Consent: the latest word of a request. */
export const Consent = z.object({
  id: ConsentId,
  kind: z.enum(['given', 'emergency', 'withdrawn']),
  /** Null where nothing was read. */
  text: z.nullable(z.object({ id: ConsentTextId, version: z.number(), sha256: Sha256, language: ConsentLanguage })),
  method: z.nullable(ConsentMethod),
  representative: z.string(),
  reason: z.string(),
  at: Instant,
  /** Who read it aloud, or wrote the exception down. */
  byName: z.string(),
});
export type Consent = z.infer<typeof Consent>;
