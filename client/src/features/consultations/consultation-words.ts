import type { Consultation, Urgency } from '@jaqyn/shared/consultations/consultation.contract';
import type { ConsultationActor, ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { StatusTone } from '../../ui/status-badge.tsx';

interface Words {
  readonly tone: StatusTone;
  readonly label: MessageDescriptor;
}

/** Each state in words, as the station and the specialist both understand it. */
export const statusWords: Record<ConsultationState, Words> = {
  draft: { tone: 'quiet', label: msg`Draft` },
  submitted: { tone: 'accent', label: msg`Sent` },
  in_triage: { tone: 'heed', label: msg`Nobody answered yet` },
  info_requested: { tone: 'heed', label: msg`More information is asked` },
  declined: { tone: 'quiet', label: msg`Declined` },
  redirected: { tone: 'accent', label: msg`Redirected` },
  accepted: { tone: 'accent', label: msg`Accepted` },
  ringing: { tone: 'accent', label: msg`Calling` },
  escalated: { tone: 'heed', label: msg`Calling the next one` },
  booked: { tone: 'accent', label: msg`Booked` },
  waitlisted: { tone: 'accent', label: msg`On the waiting list` },
  async_assigned: { tone: 'accent', label: msg`Will be answered in writing` },
  checked_in: { tone: 'accent', label: msg`At the station` },
  no_show: { tone: 'heed', label: msg`Did not come` },
  in_call: { tone: 'well', label: msg`In the call` },
  interrupted: { tone: 'heed', label: msg`Interrupted` },
  conclusion_draft: { tone: 'accent', label: msg`Conclusion is being written` },
  awaiting_signature: { tone: 'accent', label: msg`Before signature` },
  signed: { tone: 'well', label: msg`Conclusion is ready` },
  delivered: { tone: 'well', label: msg`Conclusion received` },
  acknowledged: { tone: 'well', label: msg`Read to the patient` },
  follow_up_open: { tone: 'accent', label: msg`Follow-up` },
  closed: { tone: 'quiet', label: msg`Closed` },
  cancelled: { tone: 'quiet', label: msg`Cancelled` },
  amended: { tone: 'heed', label: msg`Conclusion was amended` },
};

const WRITTEN: Words = { tone: 'accent', label: msg`Waits for a specialist to answer in writing` };
const NOT_PLACED: Words = { tone: 'heed', label: msg`No time chosen yet` };

/** The state of a consultation in words: what is planned has rung nowhere, so nobody failed to answer. */
export function wordsOf({
  status,
  isPlanned,
  isWritten,
}: Pick<Consultation, 'status' | 'isPlanned' | 'isWritten'>): Words {
  if (isWritten && status === 'in_triage') return WRITTEN;
  return isPlanned && (status === 'in_triage' || status === 'accepted') ? NOT_PLACED : statusWords[status];
}

interface UrgencyWords extends Words {
  /** When to choose it. */
  readonly note: MessageDescriptor;
}

export const urgencyWords: Record<Urgency, UrgencyWords> = {
  routine: { tone: 'quiet', label: msg`Routine`, note: msg`The patient can wait` },
  urgent: { tone: 'accent', label: msg`Urgent`, note: msg`An answer is needed today` },
  asap: { tone: 'heed', label: msg`Very urgent`, note: msg`An answer is needed within the hour` },
  stat: { tone: 'act-now', label: msg`Emergency`, note: msg`Life is in danger` },
};

/** Who has to act, as the coordinator reads it. */
export const holderWords: Record<ConsultationActor | 'nobody', MessageDescriptor> = {
  station: msg`The station's turn`,
  specialist: msg`The specialist's turn`,
  coordinator: msg`Your turn, coordinator`,
  system: msg`The system's turn`,
  nobody: msg`Nothing to do`,
};

/** Who has to act, as the station reads it. */
export const holderWordsForStation: Record<ConsultationActor | 'nobody', MessageDescriptor> = {
  station: msg`Your turn: the station`,
  specialist: msg`The specialist's turn`,
  coordinator: msg`The coordinator's turn`,
  system: msg`The system's turn`,
  nobody: msg`Nothing to do`,
};
