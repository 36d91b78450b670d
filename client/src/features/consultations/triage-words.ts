import type { RedirectReason, TriageDeclineReason } from '@jaqyn/shared/consultations/triage.contract';
import type { RungKind, RungOutcome } from '@jaqyn/shared/ladders/ladder.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

interface DeclineWords {
  readonly title: MessageDescriptor;
  /** What the station does now. */
  readonly next: MessageDescriptor;
}

export const declineWords: Record<TriageDeclineReason, DeclineWords> = {
  not_indicated: {
    title: msg`A specialist is not needed for this`,
    next: msg`Go on with the treatment at the station. Send a new request when something changes.`,
  },
  in_person_needed: {
    title: msg`The patient must be seen in person`,
    next: msg`Write a referral and arrange the way to the hospital. The coordinator helps with it by phone.`,
  },
  emergency_103: {
    title: msg`It is an emergency: the ambulance is needed`,
    next: msg`Call 103 now. Stay with the patient; a specialist can be called meanwhile.`,
  },
  duplicate: {
    title: msg`There is another request about the same`,
    next: msg`Open the patient's other request and go on there.`,
  },
  incomplete: {
    title: msg`Too little is known to answer`,
    next: msg`Measure and ask what is missing, then send a new request.`,
  },
  other: { title: msg`Another reason`, next: msg`Read the words below. In doubt, call the coordinator.` },
};

export const redirectWords: Record<RedirectReason, MessageDescriptor> = {
  wrong_specialty: msg`Another specialty answers this better`,
  nobody_available: msg`Nobody is free here in time`,
  other_region: msg`The patient belongs to another region`,
  other: msg`Another reason`,
};

export const rungWords: Record<RungKind, MessageDescriptor> = {
  chosen: msg`Asked for by name`,
  on_call: msg`On call`,
  backup: msg`Backup`,
  head: msg`Head of the department`,
  neighbour: msg`Neighbouring hospital`,
  busy: msg`Those in another call`,
  phone: msg`By phone`,
};

export const rungOutcomeWords: Record<RungOutcome, MessageDescriptor> = {
  ringing: msg`ringing now`,
  answered: msg`answered`,
  declined: msg`declined`,
  timed_out: msg`no answer`,
  cancelled: msg`stopped`,
  skipped: msg`skipped`,
  shown: msg`call now`,
};
