import { msg } from '@lingui/core/macro';

const TODO_CALL_SUPPORT = msg`Call support and read them the number below.`;
const KEPT_TYPED = msg`What you typed is kept.`;
const KEPT_SAVED = msg`Everything that was saved before is kept.`;
const KEPT_UNSIGNED = msg`Nothing was signed. What you wrote is kept.`;
const KEPT_UNCHANGED = msg`Nothing was changed.`;
const TODO_AGAIN_SOON = msg`Wait a moment and try again.`;
const TODO_RELOAD = msg`Reload the page to see how it is now.`;
const TODO_OTHER_VERSION = msg`Copy your text, throw the changes away, open the new version and bring your change in.`;
const TODO_LOOK_THEN_SAVE = msg`Look at what was saved, then go on with yours or take that.`;
const TODO_BACK = msg`Go back to the start page and choose again.`;
const TODO_CHECK_FIELDS = msg`Check the marked fields and try again.`;

/** Of what no station does, apart: their words come with the screens of the other roles, not with a station's first load. */
export const officeProblems = {
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
  'evidence_limit.changed': {
    title: msg`Somebody changed these limits meanwhile`,
    kept: KEPT_TYPED,
    todo: TODO_LOOK_THEN_SAVE,
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
  'licence.not_found': { title: msg`This licence was not found`, kept: KEPT_UNCHANGED, todo: TODO_RELOAD },
  'licence.ended': {
    title: msg`The specialist has no licence that holds today`,
    kept: msg`Nothing was accepted or signed. What was written is kept.`,
    todo: msg`Ask the administrator to enter the new licence, then try again.`,
  },
  'licence.withdrawn': {
    title: msg`This licence was withdrawn already`,
    kept: KEPT_UNCHANGED,
    todo: TODO_RELOAD,
  },
  'ladder.changed': {
    title: msg`Somebody changed the ladder of this place meanwhile`,
    kept: KEPT_TYPED,
    todo: TODO_LOOK_THEN_SAVE,
  },
  'waiting_limit.changed': {
    title: msg`Somebody changed these limits meanwhile`,
    kept: KEPT_TYPED,
    todo: TODO_LOOK_THEN_SAVE,
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
  'conclusion.unchanged': {
    title: msg`The amendment changes nothing yet`,
    kept: KEPT_TYPED,
    todo: msg`Change what was wrong, or throw the amendment away.`,
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
  'service.changed': {
    title: msg`Somebody changed this service meanwhile`,
    kept: KEPT_TYPED,
    todo: TODO_LOOK_THEN_SAVE,
  },
  'special_day.changed': {
    title: msg`Somebody changed the order about this day meanwhile`,
    kept: KEPT_TYPED,
    todo: msg`Look at what was saved, then decide again.`,
  },
  'station.kit_changed': {
    title: msg`Somebody changed the equipment of this station meanwhile`,
    kept: KEPT_TYPED,
    todo: TODO_LOOK_THEN_SAVE,
  },
  'practitioner.languages_changed': {
    title: msg`Somebody changed these languages meanwhile`,
    kept: KEPT_TYPED,
    todo: TODO_LOOK_THEN_SAVE,
  },
  'notice_rule.changed': {
    title: msg`Somebody changed these reminder times meanwhile`,
    kept: KEPT_TYPED,
    todo: TODO_LOOK_THEN_SAVE,
  },
  'notice_contacts.changed': {
    title: msg`You changed this in another window or on another device meanwhile`,
    kept: KEPT_TYPED,
    todo: TODO_LOOK_THEN_SAVE,
  },
  'roster.changed': {
    title: msg`Somebody ended or changed this window meanwhile`,
    kept: KEPT_TYPED,
    todo: TODO_LOOK_THEN_SAVE,
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
  'seed.refused': {
    title: msg`Demo data was not added: the database holds real data`,
    kept: KEPT_UNCHANGED,
    todo: msg`Use another data folder for a demo.`,
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
    title: msg`The patient has not agreed yet that you come in`,
    kept: KEPT_SAVED,
    todo: msg`Wait: the station asks the patient, and the button opens by itself.`,
  },
  'participant.too_many': {
    title: msg`Nobody more can be asked in`,
    kept: KEPT_SAVED,
    todo: msg`Send out somebody who is not needed any more.`,
  },
  'database.newer': {
    title: msg`The server's database is newer than its program`,
    kept: KEPT_SAVED,
    todo: TODO_CALL_SUPPORT,
  },
  'server.config_invalid': {
    title: msg`The server is not set up correctly`,
    kept: KEPT_SAVED,
    todo: TODO_CALL_SUPPORT,
  },
} as const;
