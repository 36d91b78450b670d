import type { EvidenceRule, Judgement, RuleOutcome } from '@jaqyn/shared/evidence/judgement';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { StatusTone } from '../../ui/status-badge.tsx';

interface Words {
  readonly tone: StatusTone;
  readonly label: MessageDescriptor;
}

export const verdictWords: Record<Judgement['verdict'], Words> = {
  payable: { tone: 'well', label: msg`Payable` },
  waiting: { tone: 'quiet', label: msg`Payable once the rest has come` },
  review: { tone: 'heed', label: msg`Somebody should look at it` },
  refused: { tone: 'act-now', label: msg`Not payable` },
};

export const outcomeWords: Record<RuleOutcome, Words> = {
  met: { tone: 'well', label: msg`Met` },
  flagged: { tone: 'heed', label: msg`To be looked at` },
  refused: { tone: 'act-now', label: msg`Not met` },
  waiting: { tone: 'quiet', label: msg`Still to come` },
  unknown: { tone: 'quiet', label: msg`Not known` },
  not_asked: { tone: 'quiet', label: msg`Not asked without a call` },
};

export const ruleWords: Record<EvidenceRule, MessageDescriptor> = {
  together: msg`Both sides in the room together`,
  two_way_audio: msg`Both sides heard at the same time`,
  two_people: msg`Two different sign-ins`,
  two_networks: msg`Two different networks`,
  one_place: msg`The specialist in no other consult at the same time`,
  chart_in_time: msg`Written during the consult or after it`,
  signed_after: msg`Signed after the consult`,
  signed_in_time: msg`Signed in time`,
  not_backdated: msg`Time of the signature as the log knows it`,
  licence: msg`Licence valid on the day`,
  acknowledged: msg`Acknowledged by the station`,
  patient_confirmed: msg`Confirmed by the patient`,
};
