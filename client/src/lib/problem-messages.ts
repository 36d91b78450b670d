import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { attachmentProblems } from './attachment-problems.ts';
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
const KEPT_UNSIGNED = msg`Nothing was signed. What you wrote is kept.`;
const KEPT_UNCHANGED = msg`Nothing was changed.`;

const TODO_AGAIN = msg`Try again.`;
const TODO_AGAIN_SOON = msg`Wait a moment and try again.`;
const TODO_SUPPORT = msg`Try again. If it happens again, call support and read them the number below.`;
const TODO_CALL_SUPPORT = msg`Call support and read them the number below.`;
const TODO_RELOAD = msg`Reload the page to see how it is now.`;
const TODO_OTHER_VERSION = msg`Copy your text, throw the changes away, open the new version and bring your change in.`;
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
  'worklist.taken': {
    title: msg`It is not on the list any more`,
    kept: msg`A colleague has taken the request, or it was cancelled. It is not lost.`,
    todo: msg`You need not do anything.`,
  },
  'ncalayer.not_running': {
    title: msg`NCALayer does not run on this computer`,
    kept: KEPT_UNSIGNED,
    todo: msg`Start NCALayer (its sign appears beside the clock), then press "Sign" again.`,
  },
  'ncalayer.cancelled': {
    title: msg`The signature was cancelled in NCALayer`,
    kept: KEPT_UNSIGNED,
    todo: msg`Press "Sign" again and choose your key in the window of NCALayer.`,
  },
  'ncalayer.failed': {
    title: msg`NCALayer could not sign`,
    kept: KEPT_UNSIGNED,
    todo: msg`Check that the key is plugged in and still valid, start NCALayer anew, then sign again.`,
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
  'patient_merge.same': {
    title: msg`This is one and the same card`,
    kept: KEPT_UNCHANGED,
    todo: msg`Choose two different cards.`,
  },
  'patient_merge.stale': {
    title: msg`One of the cards was changed meanwhile`,
    kept: KEPT_UNCHANGED,
    todo: msg`Look at both cards again and choose anew.`,
  },
  'patient_merge.times_overlap': {
    title: msg`Both cards are booked at the same time`,
    kept: KEPT_UNCHANGED,
    todo: msg`Move or cancel one of the appointments first.`,
  },
  'patient_merge.not_found': {
    title: msg`This merge does not exist`,
    kept: KEPT_UNCHANGED,
    todo: TODO_RELOAD,
  },
  'patient_merge.undo_blocked': {
    title: msg`One of these cards was merged again later`,
    kept: KEPT_UNCHANGED,
    todo: msg`Undo the later merge first.`,
  },
  'protocol.changed': {
    title: msg`Somebody made another version of this protocol meanwhile`,
    kept: KEPT_TYPED,
    todo: TODO_OTHER_VERSION,
  },
  'protocol.past': {
    title: msg`A protocol cannot begin on a day that has been`,
    kept: KEPT_TYPED,
    todo: msg`Choose today or a later day, not before the version there is already.`,
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
  'evidence_limit.changed': {
    title: msg`Somebody changed these limits meanwhile`,
    kept: KEPT_TYPED,
    todo: TODO_RELOAD,
  },
  'evidence_limit.past': {
    title: msg`Limits cannot begin on a day that has been`,
    kept: KEPT_TYPED,
    todo: msg`Choose today or a later day.`,
  },
  'consent_text.changed': {
    title: msg`Somebody made another version of this text meanwhile`,
    kept: KEPT_TYPED,
    todo: TODO_OTHER_VERSION,
  },
  'consent_text.past': {
    title: msg`A text cannot begin on a day that has been`,
    kept: KEPT_TYPED,
    todo: msg`Choose today or a later day, not before the version there is already.`,
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
  'consultation.specialist_busy': {
    title: msg`The specialist is in another call`,
    kept: KEPT_SAVED,
    todo: TODO_AGAIN_SOON,
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
  'ladder.foreign_region': {
    title: msg`This ladder belongs to another oblast`,
    kept: msg`Nothing was changed.`,
    todo: msg`Choose your own oblast.`,
  },
  'ladder.unknown_person': {
    title: msg`Somebody in the ladder is not on the list any more`,
    kept: msg`Nothing was changed.`,
    todo: msg`Choose the person or the hospital again.`,
  },
  'conclusion.not_found': {
    title: msg`There is no signed conclusion yet`,
    kept: KEPT_SAVED,
    todo: msg`It appears here by itself as soon as the specialist signs it.`,
  },
  'conclusion.version_conflict': {
    title: msg`The conclusion was changed in another window`,
    kept: msg`Your text is still on the screen.`,
    todo: msg`Compare the two versions and choose what to keep.`,
  },
  'conclusion.incomplete': {
    title: msg`Required parts of the conclusion are empty`,
    kept: KEPT_TYPED,
    todo: msg`Fill in the marked parts, then sign.`,
  },
  'conclusion.signed': {
    title: msg`The conclusion is signed and cannot be changed`,
    kept: msg`The signed text is kept as it is.`,
    todo: msg`Press "Amend" if something must be corrected.`,
  },
  'conclusion.preview_stale': {
    title: msg`The conclusion changed after you checked it`,
    kept: KEPT_TYPED,
    todo: msg`Check it once more, then sign.`,
  },
  'conclusion.amendment_open': {
    title: msg`An amendment is being written already`,
    kept: KEPT_SAVED,
    todo: msg`Continue that amendment, or throw it away first.`,
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
  'conclusion.unchanged': {
    title: msg`The amendment changes nothing yet`,
    kept: KEPT_TYPED,
    todo: msg`Change what was wrong, or throw the amendment away.`,
  },
  'signature.not_found': {
    title: msg`There is no signed document`,
    kept: KEPT_SAVED,
    todo: TODO_RELOAD,
  },
  'signature.rejected': {
    title: msg`The signature does not fit the document or its signer`,
    kept: KEPT_UNSIGNED,
    todo: msg`Check that the key is your own and still valid, then sign again.`,
  },
  'signature.certificate_out_of_date': {
    title: msg`The certificate of this key has run out or has not begun`,
    kept: KEPT_UNSIGNED,
    todo: msg`Choose a key that is in force, or have it renewed on egov.kz. If you sign with the password alone, call support.`,
  },
  'signature.other_signer': {
    title: msg`This key belongs to somebody else`,
    kept: KEPT_UNSIGNED,
    todo: msg`Choose the key with your own name and IIN. If it is yours and the name has changed, call support.`,
  },
  'signature.unavailable': {
    title: msg`The signature service does not answer`,
    kept: KEPT_UNSIGNED,
    todo: TODO_AGAIN_SOON,
  },
  'certificate.not_found': { title: msg`This certificate was not found`, kept: KEPT_SAVED, todo: TODO_BACK },
  'certificate.revoked': { title: msg`The certificate is revoked already`, kept: KEPT_UNCHANGED, todo: TODO_RELOAD },
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
  'roster.not_found': { title: msg`This part of the roster was not found`, kept: KEPT_SAVED, todo: TODO_RELOAD },
  'roster.invalid': {
    title: msg`The times do not fit together`,
    kept: KEPT_TYPED,
    todo: TODO_CHECK_FIELDS,
  },
  'roster.overlap': {
    title: msg`The specialist already has work at that time`,
    kept: KEPT_TYPED,
    todo: msg`Change the times, or end the other entry first.`,
  },
  'roster.booked_affected': {
    title: msg`Patients are booked at that time`,
    kept: KEPT_TYPED,
    todo: msg`Decide for each of them: keep, move, or put on the waiting list.`,
  },
  'roster.columns_wrong': {
    title: msg`The file does not have the right columns`,
    kept: KEPT_UNCHANGED,
    todo: msg`Compare the first line with the template and try again.`,
  },
  'roster.too_many_rows': {
    title: msg`The file has too many rows`,
    kept: KEPT_UNCHANGED,
    todo: msg`Check that it is the right file, or split it.`,
  },
  'roster.rows_wrong': {
    title: msg`Some rows of the file cannot be used`,
    kept: KEPT_UNCHANGED,
    todo: msg`Correct the rows that are listed and choose the file again.`,
  },
  'roster.preview_stale': {
    title: msg`This is not the file you have checked`,
    kept: KEPT_UNCHANGED,
    todo: msg`Check the file once more, then add it.`,
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
  'code_list.columns_wrong': {
    title: msg`The file does not have the expected columns`,
    kept: KEPT_UNCHANGED,
    todo: msg`The first line must be: code, kk, ru, en.`,
  },
  'code_list.too_many_rows': {
    title: msg`The file has too many rows`,
    kept: KEPT_UNCHANGED,
    todo: msg`Check that it is the list of codes.`,
  },
  'code_list.rows_wrong': {
    title: msg`Some rows of the file cannot be taken`,
    kept: KEPT_UNCHANGED,
    todo: msg`Mend the rows named below and choose the file again.`,
  },
  'code_list.preview_stale': {
    title: msg`The list or the file has changed since you looked at it`,
    kept: KEPT_UNCHANGED,
    todo: msg`Check the file once more.`,
  },
  'code_list.effective_too_early': {
    title: msg`The list in force begins later than this day`,
    kept: KEPT_UNCHANGED,
    todo: msg`Choose a later first day.`,
  },
  'code_list.unchanged': {
    title: msg`The file changes nothing: all its codes are in the list already`,
    kept: KEPT_UNCHANGED,
    todo: msg`There is nothing to do.`,
  },
  'code_list.import_running': {
    title: msg`Another list is just being imported`,
    kept: KEPT_UNCHANGED,
    todo: msg`Wait a minute, then check the file once more.`,
  },
  'conclusion_template.not_found': {
    title: msg`This template was not found`,
    kept: KEPT_TYPED,
    todo: msg`Open the list of templates again.`,
  },
  'conclusion_template.changed': {
    title: msg`Somebody else has changed this template`,
    kept: KEPT_TYPED,
    todo: msg`Copy your text, open the template again and bring your change in.`,
  },
  'conclusion_template.placeholder_unknown': {
    title: msg`The template asks for data that the station does not send`,
    kept: KEPT_TYPED,
    todo: msg`Use only the names listed beside the form.`,
  },
  ...attachmentProblems,
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
  'delivery.not_found': { title: msg`This notice was not found`, kept: KEPT_SAVED, todo: TODO_RELOAD },
  'delivery.not_dead': {
    title: msg`This notice was sent meanwhile, or is being tried`,
    kept: KEPT_SAVED,
    todo: TODO_RELOAD,
  },
  'notice_rule.past': {
    title: msg`Reminder times can be changed from today on only`,
    kept: KEPT_SAVED,
    todo: TODO_RELOAD,
  },
  'feed.not_found': { title: msg`This calendar address was not found`, kept: KEPT_SAVED, todo: TODO_RELOAD },
  'participant.not_found': { title: msg`This person is not in the call any more`, kept: KEPT_SAVED, todo: TODO_RELOAD },
  'participant.already_in': {
    title: msg`This person has a part in the call already`,
    kept: KEPT_SAVED,
    todo: TODO_RELOAD,
  },
  'participant.not_invitable': {
    title: msg`This person cannot be asked in as that`,
    kept: KEPT_SAVED,
    todo: msg`Choose another person or another part.`,
  },
  'participant.consent_missing': {
    title: msg`The patient has not agreed yet that you look on`,
    kept: KEPT_SAVED,
    todo: msg`Wait: the station asks the patient, and the button opens by itself.`,
  },
  'participant.too_many': {
    title: msg`Nobody more can be asked in`,
    kept: KEPT_SAVED,
    todo: msg`Send out somebody who is not needed any more.`,
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
  'seed.refused': {
    title: msg`Demo data was not added: the database holds real data`,
    kept: KEPT_UNCHANGED,
    todo: msg`Use another data folder for a demo.`,
  },
  'store.busy': { title: msg`The server is busy saving`, kept: KEPT_TYPED, todo: TODO_AGAIN_SOON },
  'store.unavailable': { title: msg`The server could not save this`, kept: KEPT_TYPED, todo: TODO_SUPPORT },
  'database.corrupt': { title: msg`The server's database is damaged`, kept: KEPT_TYPED, todo: TODO_CALL_SUPPORT },
  'database.newer': {
    title: msg`The server's database is newer than its program`,
    kept: KEPT_SAVED,
    todo: TODO_CALL_SUPPORT,
  },
  'database.unwritable': { title: msg`The server cannot write to its disk`, kept: KEPT_TYPED, todo: TODO_CALL_SUPPORT },
  'server.draining': {
    title: msg`The server is restarting`,
    kept: KEPT_TYPED,
    todo: msg`Wait: it comes back by itself in a few seconds.`,
  },
  'server.overloaded': { title: msg`The server is overloaded`, kept: KEPT_TYPED, todo: TODO_AGAIN_SOON },
  'server.port_in_use': { title: msg`The server could not start`, kept: KEPT_SAVED, todo: TODO_CALL_SUPPORT },
  'server.config_invalid': {
    title: msg`The server is not set up correctly`,
    kept: KEPT_SAVED,
    todo: TODO_CALL_SUPPORT,
  },
  'server.internal': { title: msg`Something went wrong on the server`, kept: KEPT_TYPED, todo: TODO_SUPPORT },
};

/** For a code of a newer server that this page does not know. */
export const UNKNOWN_PROBLEM: ProblemMessage = {
  title: msg`Something went wrong`,
  kept: KEPT_TYPED,
  todo: TODO_AGAIN,
};
