import type { ConsultationEvent } from '@jaqyn/shared/consultations/consultation.machine';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { StatusTone } from '../../ui/status-badge.tsx';

interface Words {
  readonly tone: StatusTone;
  readonly label: MessageDescriptor;
}

/** Steps that are no transition of the machine. */
type OtherStep =
  | 'create'
  | 'create_follow_up'
  | 'reassign'
  | 'decline_call'
  | 'add_observations'
  | 'set_patient'
  | 'complete_card'
  | 'confirm_summary'
  | 'check_danger'
  | 'consent.give'
  | 'consent.withdraw'
  | 'consent.except'
  | 'invite_participant'
  | 'agree_to_observer'
  | 'agree_to_interpreter'
  | 'send_participant_out'
  | 'enrol_participant'
  | 'confirm_as_patient'
  | 'draw_curtain'
  | 'open_curtain';

/** Each step of a consultation's life, as it is told afterwards. */
const stepWords: Record<ConsultationEvent | OtherStep, Words> = {
  create: { tone: 'accent', label: msg`Request created` },
  create_follow_up: { tone: 'accent', label: msg`Follow-up request created` },
  reassign: { tone: 'heed', label: msg`Given to another specialist` },
  complete_card: { tone: 'accent', label: msg`Card completed` },
  confirm_summary: { tone: 'accent', label: msg`Allergies, illnesses and medicines confirmed` },
  check_danger: { tone: 'accent', label: msg`Danger signs looked for` },
  'consent.give': { tone: 'well', label: msg`Consent given` },
  'consent.withdraw': { tone: 'act-now', label: msg`Consent withdrawn` },
  'consent.except': { tone: 'heed', label: msg`Emergency: no consent could be asked` },
  set_patient: { tone: 'accent', label: msg`Patient chosen` },
  add_observations: { tone: 'accent', label: msg`Vital signs added` },
  invite_participant: { tone: 'accent', label: msg`Asked into the call` },
  agree_to_interpreter: { tone: 'well', label: msg`The patient agreed to an interpreter` },
  agree_to_observer: { tone: 'well', label: msg`The patient agreed to an observer` },
  send_participant_out: { tone: 'heed', label: msg`Sent out of the call` },
  enrol_participant: { tone: 'accent', label: msg`Joined as a member of the consilium` },
  confirm_as_patient: { tone: 'accent', label: msg`The patient's own word about the consult kept` },
  draw_curtain: { tone: 'heed', label: msg`Curtain drawn before the patient` },
  open_curtain: { tone: 'accent', label: msg`Curtain opened` },
  decline_call: { tone: 'heed', label: msg`Call declined` },
  submit: { tone: 'accent', label: msg`Request sent` },
  start_triage: { tone: 'accent', label: msg`Taken for review` },
  ask_for_info: { tone: 'heed', label: msg`More information asked` },
  give_info: { tone: 'accent', label: msg`Information given` },
  give_info_for_writing: { tone: 'accent', label: msg`Information given` },
  undo_triage: { tone: 'accent', label: msg`Decision taken back` },
  give_back: { tone: 'heed', label: msg`Given back, to be sorted anew` },
  turn_into_booking: { tone: 'accent', label: msg`A time is looked for` },
  decline: { tone: 'heed', label: msg`Request declined` },
  redirect: { tone: 'accent', label: msg`Redirected to another specialty` },
  resubmit: { tone: 'accent', label: msg`Sent again` },
  accept_triage: { tone: 'accent', label: msg`Taken from the list` },
  call_now: { tone: 'accent', label: msg`Calling began` },
  escalate: { tone: 'heed', label: msg`No answer, the next on call rings` },
  exhaust_ladder: { tone: 'heed', label: msg`Nobody answered, the request waits` },
  answer: { tone: 'well', label: msg`Call answered` },
  book: { tone: 'accent', label: msg`Time booked` },
  put_on_waitlist: { tone: 'accent', label: msg`Put on the waiting list` },
  unbook: { tone: 'heed', label: msg`Time given back, another one is looked for` },
  assign_async: { tone: 'accent', label: msg`Given to a specialist for a written answer` },
  check_in: { tone: 'accent', label: msg`Patient came to the station` },
  undo_check_in: { tone: 'heed', label: msg`Arrival taken back` },
  miss: { tone: 'heed', label: msg`Patient did not come` },
  start_booked_call: { tone: 'well', label: msg`Call began` },
  interrupt: { tone: 'heed', label: msg`Connection lost` },
  reconnect: { tone: 'well', label: msg`Connection restored` },
  resume_call: { tone: 'well', label: msg`Called again` },
  end_call: { tone: 'accent', label: msg`Call ended` },
  present_for_signature: { tone: 'accent', label: msg`Conclusion presented for signature` },
  back_to_draft: { tone: 'accent', label: msg`Conclusion taken back to be changed` },
  sign: { tone: 'well', label: msg`Conclusion signed` },
  deliver: { tone: 'well', label: msg`Conclusion opened at the station` },
  acknowledge: { tone: 'well', label: msg`Conclusion read to the patient` },
  open_follow_up: { tone: 'accent', label: msg`Follow-up opened` },
  close: { tone: 'quiet', label: msg`Request closed` },
  amend: { tone: 'heed', label: msg`Conclusion amended` },
  cancel: { tone: 'act-now', label: msg`Request cancelled` },
};

/** `consultation.answer` in words; undefined for a step this page does not know. */
export function findStepWords(action: string): Words | undefined {
  const step = action.replace(/^consultation\./, '');
  return Object.hasOwn(stepWords, step) ? stepWords[step as keyof typeof stepWords] : undefined;
}
