import type { SharedMark } from '@jaqyn/shared/attachments/shared-view';
import { useLingui } from '@lingui/react/macro';
import { formatNumber } from '../../../lib/format.ts';
import { lengthOf, type Size, toFrame, type View } from '../view-geometry.ts';
import styles from './file-viewer.module.css';

interface MarksProps {
  readonly marks: readonly SharedMark[];
  readonly view: View;
  readonly frame: Size;
  readonly picture: Size;
  readonly widthMm: number | undefined;
}

/** Where somebody points and what is measured, at the same place of the picture for everybody. */
export function Marks({ marks, view, frame, picture, widthMm }: MarksProps) {
  const { t } = useLingui();
  return (
    <svg className={styles.marks} width={frame.width} height={frame.height} aria-hidden="true">
      {marks.map((mark) => {
        if (mark.kind === 'none') return null;
        if (mark.kind === 'pointer') {
          const { x, y } = toFrame(mark.at, view, frame, picture);
          return (
            <g key="pointer" data-pointer={`${mark.at.x.toFixed(3)} ${mark.at.y.toFixed(3)}`}>
              <circle className={styles.halo} cx={x} cy={y} r={14} />
              <circle className={styles.pointer} cx={x} cy={y} r={14} />
              <circle className={styles.dot} cx={x} cy={y} r={3} />
            </g>
          );
        }
        const from = toFrame(mark.from, view, frame, picture);
        const to = toFrame(mark.to, view, frame, picture);
        const length = lengthOf(mark.from, mark.to, picture);
        const mm = mark.mm ?? (widthMm === undefined ? null : length * widthMm);
        const digits = formatNumber(mm ?? length * 100, 1);
        return (
          <g key="ruler" data-ruler={digits}>
            <line className={styles.halo} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
            <line className={styles.ruler} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
            <text className={styles.length} x={(from.x + to.x) / 2 + 8} y={(from.y + to.y) / 2 - 8}>
              {mm === null ? t`${digits} % of the width` : t`${digits} mm`}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
