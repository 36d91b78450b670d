import type { Specialty } from '@jaqyn/shared/staff/staff.contract';
import { Plural, Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { classes } from '../../../ui/classes.ts';
import { StatusShape } from '../../../ui/status-badge.tsx';
import styles from './on-call-note.module.css';

/** How many could answer now. A specialist without an open page still rings by other means, so it is not "nobody". */
export function OnCallNote({ specialty }: { specialty: Specialty }) {
  const { onCallNow, reachableNow } = specialty;
  if (onCallNow === 0) {
    return (
      <Note tone="quiet">
        <Trans>nobody on call now</Trans>
      </Note>
    );
  }
  if (reachableNow === 0) {
    return (
      <Note tone="accent">
        <Plural value={onCallNow} one="# on call, not online" other="# on call, not online" />
      </Note>
    );
  }
  return (
    <Note tone="well">
      <Plural value={reachableNow} one="# can answer now" other="# can answer now" />
    </Note>
  );
}

function Note({ tone, children }: { tone: 'well' | 'accent' | 'quiet'; children: ReactNode }) {
  return (
    <span className={classes(styles.note, tone !== 'quiet' && styles[tone])}>
      <StatusShape tone={tone} />
      <span>{children}</span>
    </span>
  );
}
