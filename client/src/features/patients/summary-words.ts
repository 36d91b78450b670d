import type { AllergySeverity, Relationship } from '@jaqyn/shared/patients/patient-summary';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export const severityWords: Record<AllergySeverity, MessageDescriptor> = {
  unknown: msg`severity unknown`,
  mild: msg`mild`,
  moderate: msg`moderate`,
  severe: msg`severe`,
};

export const relationshipWords: Record<Relationship, MessageDescriptor> = {
  mother: msg`mother`,
  father: msg`father`,
  guardian: msg`guardian`,
  grandparent: msg`grandmother or grandfather`,
  spouse: msg`husband or wife`,
  child: msg`son or daughter`,
  other: msg`somebody else`,
};
