import { Trans, useLingui } from '@lingui/react/macro';
import { classes } from '../../../../ui/classes.ts';
import cellStyles from './board-cell.module.css';
import styles from './board-legend.module.css';
import type { CellKind } from './board-model.ts';
import { kindWords } from './cell-words.ts';

const SHOWN: readonly CellKind[] = ['free', 'booked', 'here', 'done', 'offered', 'asked', 'held', 'foreign', 'closed'];

/** Each shape with its word. */
export function BoardLegend() {
  const { t } = useLingui();
  return (
    <ul className={styles.legend} aria-label={t`Legend`}>
      {SHOWN.map((kind) => (
        <li key={kind}>
          <span className={classes(cellStyles.cell, cellStyles[kind], styles.sample)} aria-hidden="true" />
          {t(kindWords[kind])}
        </li>
      ))}
      <li>
        <span
          className={classes(cellStyles.cell, cellStyles.booked, cellStyles.urgent, styles.sample)}
          aria-hidden="true"
        />
        <Trans>booked, urgent</Trans>
      </li>
    </ul>
  );
}
