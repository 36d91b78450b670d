import type { Evidence } from '@jaqyn/shared/evidence/evidence.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatTime } from '../../../lib/format.ts';
import { sideWords } from '../../../lib/side-words.ts';
import { type PlotRow, plotOf } from '../plot-rows.ts';
import styles from './evidence-panel.module.css';

const WIDTH = 1000;
const ROW = 20;

/** Who was there, heard and seen, over the length of the consult. The table beside it says the same in numbers. */
export function EvidencePlot({ evidence }: { evidence: Evidence }) {
  const { t } = useLingui();
  const plot = plotOf(evidence);
  if (plot === undefined) {
    return (
      <p className="quiet">
        <Trans>Nobody was in the room: nothing was measured.</Trans>
      </p>
    );
  }
  const label = ({ side, what }: PlotRow) => {
    if (what === 'room') return t(sideWords[side]);
    return what === 'audio' ? t`voice` : t`picture`;
  };
  return (
    <figure className={styles.plot}>
      <div className={styles.rows} aria-hidden="true">
        {plot.rows.map((row) => (
          <div key={`${row.side} ${row.what}`} className={styles.row}>
            <span className={row.what === 'room' ? styles.who : styles.what}>{label(row)}</span>
            <svg
              viewBox={`0 0 ${WIDTH} ${ROW}`}
              preserveAspectRatio="none"
              className={styles.track}
              role="presentation"
            >
              {row.bars.map(({ from, width }) => (
                <rect
                  key={from}
                  className={styles[row.what]}
                  x={from * WIDTH}
                  width={Math.max(2, width * WIDTH)}
                  y={row.what === 'room' ? 7 : 2}
                  height={row.what === 'room' ? 6 : 16}
                />
              ))}
            </svg>
          </div>
        ))}
      </div>
      <figcaption className={styles.ends}>
        <span>{formatTime(plot.from)}</span>
        <span>{formatTime(plot.to)}</span>
      </figcaption>
    </figure>
  );
}
