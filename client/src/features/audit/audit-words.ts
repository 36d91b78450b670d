import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What an entry is about; unknown kinds are shown as they stand in the log. */
export const entityWords: Readonly<Record<string, MessageDescriptor>> = {
  user: msg`Account`,
  session: msg`Signing in and out`,
  patient: msg`Patient`,
  consultation: msg`Request`,
  care_task: msg`Follow-up task`,
  conclusion: msg`Conclusion`,
  message: msg`Message`,
  practitioner: msg`Specialist`,
  appointment: msg`Appointment`,
  roster: msg`Roster`,
  healthcare_service: msg`Service`,
  special_day: msg`Holiday`,
  station: msg`Station`,
  calendar_feed: msg`Calendar address`,
  notice: msg`Notice`,
  certificate: msg`Certificate`,
  database: msg`Audit log`,
  evidence: msg`Evidence`,
  code_list: msg`ICD-10 codes`,
  protocol: msg`Protocol`,
  consent_text: msg`Consent text`,
  patient_merge: msg`Merged cards`,
  conclusion_template: msg`Conclusion template`,
  ladder: msg`Escalation ladder`,
  waiting_limit: msg`Limits of waiting`,
  evidence_limit: msg`Limits of a payable consult`,
  attachment: msg`File`,
};
