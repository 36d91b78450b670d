import type { CheckGrade } from '@jaqyn/shared/link-checks/judge-check';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { StatusTone } from '../../ui/status-badge.tsx';

export const gradeWords: Record<CheckGrade, { readonly tone: StatusTone; readonly label: MessageDescriptor }> = {
  pass: { tone: 'well', label: msg`Works` },
  warn: { tone: 'heed', label: msg`Works with limits` },
  fail: { tone: 'act-now', label: msg`Does not work` },
};
