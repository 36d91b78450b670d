import type { CareTaskKind } from '@jaqyn/shared/consultations/care-plan';
import type { CareTask } from '@jaqyn/shared/consultations/care-plan.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { StatusTone } from '../../ui/status-badge.tsx';

export const kindWords: Record<CareTaskKind, MessageDescriptor> = {
  visit: msg`Follow-up visit`,
  cannot: msg`Find another way`,
  other: msg`To do`,
};

export const taskStateWords: Record<CareTask['status'], { tone: StatusTone; label: MessageDescriptor }> = {
  open: { tone: 'accent', label: msg`open` },
  done: { tone: 'well', label: msg`carried out` },
  withdrawn: { tone: 'quiet', label: msg`replaced by the amended conclusion` },
};

export const dueWords: Record<'overdue' | 'today' | 'later', { tone: StatusTone; label: MessageDescriptor }> = {
  overdue: { tone: 'act-now', label: msg`overdue` },
  today: { tone: 'heed', label: msg`today` },
  later: { tone: 'quiet', label: msg`later` },
};
