import type { EvidenceLimitEdition } from '@jaqyn/shared/evidence/evidence-limit.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { classes } from '../../../ui/classes.ts';
import disclosure from '../../../ui/disclosure.module.css';
import { EditionBadge } from '../../../ui/edition-badge.tsx';
import layout from '../../../ui/layout.module.css';
import { type LimitField, limitWords } from '../limit-words.ts';

const FIELDS = Object.keys(limitWords) as LimitField[];

/** Every edition there was, the one that begins last first; what each said can be opened. */
export function EvidenceLimitEditions({ editions }: { editions: readonly EvidenceLimitEdition[] }) {
  const { t } = useLingui();
  return (
    <section className={classes(layout.card, layout.stack)} aria-labelledby="limit-editions">
      <h2 id="limit-editions">
        <Trans>Editions</Trans>
      </h2>
      {editions.map((one) => {
        const from = formatDateTime(one.effectiveFrom);
        const who = one.createdByName ?? t`came with the product`;
        return (
          <details key={one.id} open={one.state === 'in_force'}>
            <summary className={disclosure.summary}>
              <EditionBadge state={one.state} />{' '}
              <Trans>
                from {from}, {who}
              </Trans>
            </summary>
            <ul>
              {FIELDS.map((field) => {
                const { label, unit } = limitWords[field];
                return (
                  <li key={field}>
                    {t(label)}: <strong>{formatNumber(one.limits[field] / unit)}</strong>
                  </li>
                );
              })}
            </ul>
          </details>
        );
      })}
    </section>
  );
}
