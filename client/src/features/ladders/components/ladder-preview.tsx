import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { LadderStep } from '@jaqyn/shared/ladders/ladder.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useLadderPreview } from '../api/preview-ladder.ts';
import { rungWords } from '../rung-words.ts';
import styles from './ladder-editor.module.css';

/** Whom these rungs would ring at this moment. */
export function LadderPreview({
  specialty,
  specialtyName,
  region,
  steps,
}: {
  specialty: SpecialtyCode;
  specialtyName: string;
  region: string | null;
  steps: readonly LadderStep[] | null;
}) {
  const { t } = useLingui();
  const preview = useLadderPreview(steps === null ? null : { specialty, region, steps: [...steps] as never });
  return (
    <section className={`${layout.card} ${layout.stack} ${styles.preview}`} aria-label={t`Now this would ring`}>
      <h2>
        <Trans>Now this would ring</Trans>
      </h2>
      <p className="quiet">{specialtyName}</p>
      {preview.isError && <ProblemNotice error={preview.error} />}
      <ol className={styles.rungs} aria-busy={preview.isFetching}>
        {preview.data?.map((rung, index) => {
          const { seconds } = rung;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rung is its place in the ladder
            <li key={index}>
              <strong>{t(rungWords[rung.kind])}</strong>{' '}
              {seconds !== null && (
                <span className="quiet">
                  <Trans>{seconds} s</Trans>
                </span>
              )}
              <div>
                {rung.people.map(({ displayName }) => displayName).join(', ')}
                {rung.skipped.map(({ displayName }) => (
                  <span key={displayName} className="quiet">
                    {' '}
                    {displayName}: <Trans>in another call, not rung</Trans>
                  </span>
                ))}
                {rung.phones.map(({ label, phone }) => `${label}: ${phone}`).join(', ')}
                {rung.kind === 'phone' ? (
                  <span>
                    {' '}
                    <Trans>the coordinator's number, 103</Trans>
                  </span>
                ) : (
                  rung.people.length + rung.skipped.length === 0 && (
                    <span className="quiet">
                      <Trans>nobody is on duty here now</Trans>
                    </span>
                  )
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
