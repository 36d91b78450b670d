import { judgeCheck } from '@jaqyn/shared/link-checks/judge-check';
import type { LinkCheck } from '@jaqyn/shared/link-checks/link-check.contract';
import { useLingui } from '@lingui/react/macro';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { gradeWords } from '../grade-words.ts';
import { partWords, wordsOf } from '../link-check-words.ts';
import styles from './check-findings.module.css';

/** Part by part what was found, what it means for a consult, and what can be done. */
export function CheckFindings({ check }: { check: LinkCheck }) {
  const { t } = useLingui();
  return (
    <ul className={styles.findings}>
      {judgeCheck(check).map((finding) => {
        const { tone, label } = gradeWords[finding.grade];
        const { means, todo } = wordsOf(finding);
        return (
          <li key={finding.part} className={styles.finding}>
            <strong className={styles.part}>{t(partWords[finding.part])}</strong>
            <StatusBadge tone={tone}>{t(label)}</StatusBadge>
            <p className={styles.means}>
              {t(means)}
              {todo !== undefined && <span className={styles.todo}>{t(todo)}</span>}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
