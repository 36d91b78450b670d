import type { ConsultTextHit, ConsultTextKind } from '@jaqyn/shared/consultations/consult-search.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { formatDateTime, formatShortName } from '../../../lib/format.ts';
import { StatusBadge, type StatusTone } from '../../../ui/status-badge.tsx';
import styles from './hit-list.module.css';

const kindWords: Record<ConsultTextKind, { tone: StatusTone; label: MessageDescriptor }> = {
  message: { tone: 'quiet', label: msg`Chat` },
  question: { tone: 'accent', label: msg`Question` },
  conclusion: { tone: 'well', label: msg`Signed conclusion` },
};

interface HitListProps {
  readonly hits: readonly ConsultTextHit[];
  specialtyName(code: string): string;
  /** The way to the consult. */
  linkOf(hit: ConsultTextHit): ReactNode;
}

/** What was found, each with the words around it. */
export function HitList({ hits, specialtyName, linkOf }: HitListProps) {
  const { t } = useLingui();
  return (
    <ul className={styles.list}>
      {hits.map((hit, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer is never reordered
        <li key={at} className={styles.hit}>
          <span className={styles.head}>
            <span className={styles.name}>
              {hit.patient === null ? t`Patient not known yet` : formatShortName(hit.patient)}
            </span>
            <StatusBadge tone={kindWords[hit.kind].tone}>{t(kindWords[hit.kind].label)}</StatusBadge>
          </span>
          <span>{hit.excerpt}</span>
          <span className="quiet">
            {[formatDateTime(hit.at), hit.authorName, specialtyName(hit.specialty), `№ ${hit.requestNumber}`].join(
              ' · ',
            )}
          </span>
          <span>{linkOf(hit)}</span>
        </li>
      ))}
    </ul>
  );
}
