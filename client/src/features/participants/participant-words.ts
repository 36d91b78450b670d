import type { ParticipantType } from '@jaqyn/shared/consultations/participant.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What somebody is in a call, and what that means. */
export const participantWords: Record<
  ParticipantType,
  { readonly label: MessageDescriptor; readonly note: MessageDescriptor }
> = {
  consultant: {
    label: msg`Further specialist`,
    note: msg`Speaks, is seen, and sees the patient's card while the call goes on`,
  },
  interpreter: { label: msg`Interpreter`, note: msg`Speaks and hears, when the patient agrees; does not see the card` },
  observer: { label: msg`Observer`, note: msg`Only hears and sees, and only when the patient agrees` },
};
