import type { AttachmentKind } from '@jaqyn/shared/attachments/attachment.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export const kindWords: Record<AttachmentKind, MessageDescriptor> = {
  ecg: msg`ECG`,
  skin: msg`Skin`,
  xray: msg`X-ray`,
  throat: msg`Throat`,
  lab: msg`Laboratory`,
  other: msg`Other file`,
};
