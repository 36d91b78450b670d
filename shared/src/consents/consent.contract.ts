import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { ConsentTextId, RequestId } from '../kernel/ids.ts';
import { requiredText } from '../kernel/text.ts';
import { CalendarDate } from '../kernel/time.ts';
import { Consent, ConsentInput, ConsentLanguage, ConsentText } from './consent.ts';

export const listConsentTexts = endpoint({
  method: 'GET',
  path: '/api/consent-texts',
  summary: 'What is read aloud today, one text for each language; all versions for who edits reference data',
  query: z.object({ all: z._default(z.stringbool(), false) }),
  response: z.object({ texts: z.array(ConsentText) }),
});

export const saveConsentText = endpoint({
  method: 'POST',
  path: '/api/consent-texts',
  summary: 'A new version of the text of one language with the day it begins',
  body: z.object({
    id: ConsentTextId,
    language: ConsentLanguage,
    baseVersion: z.number().check(z.int(), z.minimum(0)),
    text: requiredText(6000),
    effectiveFrom: CalendarDate,
  }),
  response: ConsentText,
});

export const listConsents = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId/consents',
  summary: 'All that was said about the consent of a request, newest first',
  params: z.object({ requestId: RequestId }),
  response: z.object({ consents: z.array(Consent) }),
});

export const recordConsent = endpoint({
  method: 'POST',
  path: '/api/consultations/:requestId/consents',
  summary: 'Consent given, the emergency exception, or a withdrawal; repeating it with the same id has one effect',
  params: z.object({ requestId: RequestId }),
  body: ConsentInput,
  response: Consent,
});
