import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { attachmentProblems } from './attachment-problems.ts';
import { officeProblems } from './office-problems.ts';
import type { ProblemCode } from './problem-error.ts';

/** What a person reads when something went wrong: what happened, what is kept, what to do. */
export interface ProblemMessage {
  readonly title: MessageDescriptor;
  readonly kept: MessageDescriptor;
  readonly todo: MessageDescriptor;
}

const KEPT_TYPED = msg`What you typed is kept.`;
const KEPT_SAVED = msg`Everything that was saved before is kept.`;
const KEPT_CALL = msg`The call and everything saved go on.`;
const KEPT_UNCHANGED = msg`Nothing was changed.`;

const TODO_AGAIN = msg`Try again.`;
const TODO_AGAIN_SOON = msg`Wait a moment and try again.`;
const TODO_SUPPORT = msg`Try again. If it happens again, call support and read them the number below.`;
const TODO_CALL_SUPPORT = msg`Call support and read them the number below.`;
const TODO_RELOAD = msg`Reload the page to see how it is now.`;
const TODO_BACK = msg`Go back to the start page and choose again.`;
const TODO_REJOIN = msg`Join the call again.`;
const TODO_CHECK_FIELDS = msg`Check the marked fields and try again.`;
const TODO_SIGN_IN = msg`Sign in again; you will continue from the same place.`;

/** One entry for each code; a test holds it equal to the catalog of errors. */
export const problemMessages: Record<ProblemCode, ProblemMessage> = {
  'network.unreachable': {
    title: msg`No connection to the server`,
    kept: KEPT_TYPED,
    todo: msg`Check the internet cable or Wi-Fi, then try again. If it is urgent, call by phone.`,
  },
  'response.unexpected': {
    title: msg`The server answered in a way this page does not understand`,
    kept: KEPT_TYPED,
    todo: msg`Reload the page: there may be a newer version.`,
  },
  'browser.no_calls': {
    title: msg`This browser cannot hold calls`,
    kept: KEPT_SAVED,
    todo: msg`Open Jaqyn in Chrome, Edge or Firefox. Requests that are answered in writing work in this one, too.`,
  },
  'device.refused': {
    title: msg`The browser does not let this page use the camera or microphone`,
    kept: KEPT_CALL,
    todo: msg`Press the camera sign in the address bar and choose "Allow".`,
  },
  'device.missing': {
    title: msg`No camera or microphone was found`,
    kept: KEPT_CALL,
    todo: msg`Check that it is plugged in. You can go on without it.`,
  },
  'device.busy': {
    title: msg`Another program is using the camera or microphone`,
    kept: KEPT_CALL,
    todo: msg`Close the other program and switch the camera on again.`,
  },
  'draft.unsaved': {
    title: msg`This computer could not store the draft`,
    kept: msg`What you typed is still on the screen.`,
    todo: msg`Do not close the page. Free some disk space and press "Save again".`,
  },
  'request.invalid': {
    title: msg`Some fields are not filled in correctly`,
    kept: KEPT_TYPED,
    todo: TODO_CHECK_FIELDS,
  },
  'request.too_large': {
    title: msg`This is too large to send`,
    kept: KEPT_TYPED,
    todo: msg`Make it shorter and try again.`,
  },
  'request.rate_limited': {
    title: msg`Too many attempts in a short time`,
    kept: KEPT_TYPED,
    todo: TODO_AGAIN_SOON,
  },
  'request.unknown_route': { title: msg`There is no such page`, kept: KEPT_SAVED, todo: TODO_BACK },
  'request.unknown_event': {
    title: msg`The page and the server have different versions`,
    kept: KEPT_TYPED,
    todo: msg`Reload the page: there may be a newer version.`,
  },
  'request.origin_refused': {
    title: msg`The page was opened from an address that is not allowed`,
    kept: KEPT_UNCHANGED,
    todo: msg`Open Jaqyn by its usual address.`,
  },
  'request.media_type': {
    title: msg`The server does not accept this kind of data`,
    kept: KEPT_TYPED,
    todo: msg`Reload the page: there may be a newer version.`,
  },
  'idempotency.key_reused': {
    title: msg`This was sent already with other contents`,
    kept: KEPT_SAVED,
    todo: TODO_RELOAD,
  },
  'auth.required': { title: msg`You are not signed in`, kept: KEPT_TYPED, todo: TODO_SIGN_IN },
  'auth.invalid_credentials': {
    title: msg`The login or the password is wrong`,
    kept: msg`The login you typed is kept.`,
    todo: msg`Check the keyboard language and Caps Lock, then try again.`,
  },
  'auth.session_expired': { title: msg`Your session has ended`, kept: KEPT_TYPED, todo: TODO_SIGN_IN },
  'auth.forbidden': {
    title: msg`Your role does not allow this`,
    kept: KEPT_UNCHANGED,
    todo: msg`If you need it for your work, ask the administrator.`,
  },
  'auth.busy': { title: msg`Many people are signing in right now`, kept: KEPT_TYPED, todo: TODO_AGAIN_SOON },
  'patient.not_found': {
    title: msg`This patient was not found`,
    kept: KEPT_TYPED,
    todo: msg`Search for the patient again.`,
  },
  'patient.iin_invalid': {
    title: msg`The IIN is not correct`,
    kept: KEPT_TYPED,
    todo: msg`Compare all 12 digits with the document.`,
  },
  'patient.iin_taken': {
    title: msg`A patient with this IIN is already registered`,
    kept: KEPT_TYPED,
    todo: msg`Search for the patient by the IIN and choose them from the list.`,
  },
  'patient.summary_changed': {
    title: msg`Somebody changed the allergies or medicines meanwhile`,
    kept: KEPT_TYPED,
    todo: msg`Save yours over it, or begin from what is saved.`,
  },
  'patient.representative_required': {
    title: msg`For a child somebody has to answer: no representative is named`,
    kept: KEPT_TYPED,
    todo: msg`Add the mother, father or guardian to the card and try again. In an emergency choose "Emergency".`,
  },
  'danger_check.reason_required': {
    title: msg`The danger signs ask for more urgency`,
    kept: KEPT_TYPED,
    todo: msg`Raise the urgency, or write why it is not needed.`,
  },
  'consent.text_changed': {
    title: msg`The text to be read aloud has changed`,
    kept: KEPT_TYPED,
    todo: msg`Read the new text to the patient and mark the consent again.`,
  },
  'consent.representative_required': {
    title: msg`It is not said who agreed for the patient`,
    kept: KEPT_TYPED,
    todo: msg`Write the name of the representative.`,
  },
  'consent.nothing_to_withdraw': {
    title: msg`There is no consent to withdraw`,
    kept: KEPT_UNCHANGED,
    todo: TODO_RELOAD,
  },
  'request_card.changed': {
    title: msg`Somebody changed this card meanwhile`,
    kept: KEPT_TYPED,
    todo: msg`Save yours over it, or begin from what is saved.`,
  },
  'station.not_found': { title: msg`This station was not found`, kept: KEPT_TYPED, todo: TODO_CALL_SUPPORT },
  'practitioner.not_found': { title: msg`This specialist was not found`, kept: KEPT_TYPED, todo: TODO_BACK },
  'specialty.not_found': {
    title: msg`This specialty was not found`,
    kept: KEPT_TYPED,
    todo: msg`Choose another specialty.`,
  },
  'consultation.not_found': { title: msg`This consultation was not found`, kept: KEPT_SAVED, todo: TODO_BACK },
  'consultation.state_conflict': {
    title: msg`The consultation has changed in the meantime`,
    kept: KEPT_TYPED,
    todo: TODO_RELOAD,
  },
  'consultation.answered_elsewhere': {
    title: msg`Another specialist has already answered this call`,
    kept: KEPT_SAVED,
    todo: msg`You need not do anything.`,
  },
  'consultation.nobody_on_call': {
    title: msg`Nobody of this specialty is on call now`,
    kept: KEPT_TYPED,
    todo: msg`Plan a time, ask for an answer in writing, or choose another specialty. In doubt call the coordinator.`,
  },
  'consultation.already_open': {
    title: msg`This patient already has an open request for this specialty`,
    kept: KEPT_TYPED,
    todo: msg`Open that request on the start page.`,
  },
  'consultation.version_conflict': {
    title: msg`Somebody has acted on this request meanwhile`,
    kept: msg`Nothing of theirs was changed.`,
    todo: msg`Look at what was decided, then decide again.`,
  },
  'consultation.cancelled': {
    title: msg`The request was cancelled meanwhile`,
    kept: msg`What was recorded stays in the record.`,
    todo: msg`There is nothing to do for it.`,
  },
  'question.not_found': {
    title: msg`This question does not exist any more`,
    kept: msg`Your answer was not sent.`,
    todo: msg`Open the request again; the question may have been taken back.`,
  },
  'question.answered': {
    title: msg`The question was answered already`,
    kept: msg`The first answer stands.`,
    todo: msg`Read it in the request; write to the specialist if something is missing.`,
  },
  'conclusion.not_found': {
    title: msg`There is no signed conclusion yet`,
    kept: KEPT_SAVED,
    todo: msg`It appears here by itself as soon as the specialist signs it.`,
  },
  'teach_back.incomplete': {
    title: msg`Not every recommendation is answered`,
    kept: msg`Your answers are kept.`,
    todo: msg`Answer each of them; where the patient cannot, write why.`,
  },
  'teach_back.version_conflict': {
    title: msg`The answers were changed in another window`,
    kept: msg`Your answers are still on the screen.`,
    todo: msg`Choose which of them to keep.`,
  },
  'teach_back.replaced': {
    title: msg`The conclusion has been amended meanwhile`,
    kept: msg`Nothing was confirmed.`,
    todo: msg`Reload the page and read the new conclusion to the patient.`,
  },
  'teach_back.over': {
    title: msg`The answers are complete already`,
    kept: KEPT_UNCHANGED,
    todo: TODO_RELOAD,
  },
  'care_task.not_found': { title: msg`This task was not found`, kept: KEPT_SAVED, todo: TODO_RELOAD },
  'care_task.version_conflict': {
    title: msg`Somebody has changed this task meanwhile`,
    kept: KEPT_TYPED,
    todo: msg`Look at how it is now and decide again.`,
  },
  'care_task.over': { title: msg`This task is no longer open`, kept: KEPT_UNCHANGED, todo: TODO_RELOAD },
  'signature.not_found': {
    title: msg`There is no signed document`,
    kept: KEPT_SAVED,
    todo: TODO_RELOAD,
  },
  'appointment.not_found': { title: msg`This appointment was not found`, kept: KEPT_SAVED, todo: TODO_BACK },
  'appointment.state_conflict': {
    title: msg`The appointment has moved on in the meantime`,
    kept: KEPT_UNCHANGED,
    todo: TODO_RELOAD,
  },
  'appointment.version_conflict': {
    title: msg`Somebody has changed this appointment in the meantime`,
    kept: KEPT_UNCHANGED,
    todo: msg`Look at it as it is now, then decide again.`,
  },
  'appointment.already_booked': {
    title: msg`This request already has an appointment`,
    kept: KEPT_UNCHANGED,
    todo: msg`Move that appointment instead of booking another one.`,
  },
  'appointment.patient_required': {
    title: msg`The request has no patient yet`,
    kept: KEPT_SAVED,
    todo: msg`Ask the station to complete the patient's card, then book.`,
  },
  'consultation.specialist_busy': {
    title: msg`The specialist is in another call`,
    kept: KEPT_SAVED,
    todo: TODO_AGAIN_SOON,
  },
  'appointment.person_busy': {
    title: msg`Somebody who is needed is taken at that time`,
    kept: KEPT_UNCHANGED,
    todo: msg`Choose another time: a specialist, the patient or the station is in another appointment then.`,
  },
  'slot.taken': {
    title: msg`Somebody else has taken this slot`,
    kept: KEPT_TYPED,
    todo: msg`Choose another slot.`,
  },
  'slot.held': {
    title: msg`A colleague is booking this slot right now`,
    kept: KEPT_TYPED,
    todo: msg`Choose another slot, or try again in two minutes.`,
  },
  'slot.unavailable': {
    title: msg`The specialist does not work at that time`,
    kept: KEPT_TYPED,
    todo: msg`Choose one of the free slots.`,
  },
  'slot.past': { title: msg`This slot has already begun`, kept: KEPT_TYPED, todo: msg`Choose a later slot.` },
  'hold.expired': {
    title: msg`The form was open for too long and the slot is taken now`,
    kept: KEPT_TYPED,
    todo: msg`Choose another slot.`,
  },
  'service.not_found': { title: msg`This service was not found`, kept: KEPT_TYPED, todo: msg`Choose another service.` },
  'service.retired': {
    title: msg`This service is no longer offered`,
    kept: KEPT_TYPED,
    todo: msg`Choose another service.`,
  },
  'service.differs': {
    title: msg`This slot is for another kind of consult`,
    kept: KEPT_TYPED,
    todo: msg`Choose a slot of the right specialty.`,
  },
  'terminology.code_unknown': {
    title: msg`This ICD-10 code is not in the list`,
    kept: KEPT_TYPED,
    todo: msg`Choose a code from the list, or leave the code empty and write the diagnosis in words.`,
  },
  'terminology.code_retired': {
    title: msg`This ICD-10 code is no longer used`,
    kept: KEPT_TYPED,
    todo: msg`Choose another code from the list.`,
  },
  ...attachmentProblems,
  ...officeProblems,
  'waitlist.offer_over': {
    title: msg`The offer has run out`,
    kept: KEPT_SAVED,
    todo: msg`The patient keeps the place in the waiting list. You will be told about the next slot.`,
  },
  'undo.expired': {
    title: msg`It is too late to undo this`,
    kept: KEPT_SAVED,
    todo: msg`Change it by hand instead.`,
  },
  'undo.superseded': {
    title: msg`This cannot be undone: something else has happened since`,
    kept: KEPT_SAVED,
    todo: TODO_RELOAD,
  },
  'room.not_found': { title: msg`This call was not found`, kept: KEPT_SAVED, todo: TODO_BACK },
  'room.not_joined': { title: msg`You are not in the call`, kept: KEPT_SAVED, todo: TODO_REJOIN },
  'room.closed': { title: msg`The call has ended`, kept: KEPT_SAVED, todo: TODO_BACK },
  'room.full': { title: msg`There is no free place in the call`, kept: KEPT_SAVED, todo: TODO_AGAIN_SOON },
  'transport.not_found': { title: msg`The connection of the call was lost`, kept: KEPT_CALL, todo: TODO_REJOIN },
  'transport.rejected': { title: msg`The call could not be connected`, kept: KEPT_SAVED, todo: TODO_SUPPORT },
  'producer.not_found': { title: msg`The sound or picture has stopped`, kept: KEPT_CALL, todo: TODO_REJOIN },
  'producer.rejected': { title: msg`The sound or picture could not be sent`, kept: KEPT_CALL, todo: TODO_SUPPORT },
  'consumer.not_found': { title: msg`The sound or picture has stopped`, kept: KEPT_CALL, todo: TODO_REJOIN },
  'media.unavailable': {
    title: msg`Sound and picture are restarting`,
    kept: KEPT_CALL,
    todo: msg`Wait: it comes back by itself in a few seconds.`,
  },
  'store.busy': { title: msg`The server is busy saving`, kept: KEPT_TYPED, todo: TODO_AGAIN_SOON },
  'store.unavailable': { title: msg`The server could not save this`, kept: KEPT_TYPED, todo: TODO_SUPPORT },
  'database.corrupt': { title: msg`The server's database is damaged`, kept: KEPT_TYPED, todo: TODO_CALL_SUPPORT },
  'database.unwritable': { title: msg`The server cannot write to its disk`, kept: KEPT_TYPED, todo: TODO_CALL_SUPPORT },
  'server.draining': {
    title: msg`The server is restarting`,
    kept: KEPT_TYPED,
    todo: msg`Wait: it comes back by itself in a few seconds.`,
  },
  'server.overloaded': { title: msg`The server is overloaded`, kept: KEPT_TYPED, todo: TODO_AGAIN_SOON },
  'server.port_in_use': { title: msg`The server could not start`, kept: KEPT_SAVED, todo: TODO_CALL_SUPPORT },
  'server.internal': { title: msg`Something went wrong on the server`, kept: KEPT_TYPED, todo: TODO_SUPPORT },
};

/** For a code of a newer server that this page does not know. */
export const UNKNOWN_PROBLEM: ProblemMessage = {
  title: msg`Something went wrong`,
  kept: KEPT_TYPED,
  todo: TODO_AGAIN,
};
