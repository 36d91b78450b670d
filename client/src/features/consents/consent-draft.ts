import { type Consent, ConsentInput, type ConsentMethod } from '@jaqyn/shared/consents/consent';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import * as z from 'zod/mini';

/** Consent as it stands in a draft: exactly what will be sent, or nothing yet. */
export const ConsentDraft = z.nullable(ConsentInput);
export type ConsentDraft = z.infer<typeof ConsentDraft>;

export const methodWords: Record<ConsentMethod, MessageDescriptor> = {
  oral: msg`The patient agreed aloud`,
  written: msg`The patient signed on paper`,
  representative: msg`The representative agreed`,
};

export const consentWords: Record<Consent['kind'], MessageDescriptor> = {
  given: msg`Consent given`,
  emergency: msg`Emergency: no consent could be asked`,
  withdrawn: msg`Consent withdrawn`,
};
