import type { SharedMark } from '@jaqyn/shared/attachments/shared-view';
import { useLingui } from '@lingui/react/macro';
import { formatNumber } from '../lib/format.ts';
import styles from './picture-marks.module.css';

interface Place {
  readonly x: number;
  readonly y: number;
}

interface PictureMarksProps {
  readonly marks: readonly SharedMark[];
  readonly frame: { readonly width: number; readonly height: number };
  /** Where a point of the picture (0 to 1) is in the frame, in CSS pixels. */
  place(point: Place): Place;
  /** Of a line, in shares of the picture's width; and in mm where that is known. */
  measure(from: Place, to: Place): { readonly share: number; readonly mm: number | null };
}

/** Where somebody points, what is measured and what is drawn, at the same place of the picture for everybody. */
export function PictureMarks({ marks, frame, place, measure }: PictureMarksProps) {
  return (
    <svg className={styles.marks} width={frame.width} height={frame.height} aria-hidden="true">
      {marks.map((mark, index) => {
        switch (mark.kind) {
          case 'none':
            return null;
          case 'pointer':
            // oxlint-disable-next-line react/no-array-index-key -- marks have no name, and each stands where it is
            return <Pointer key={`pointer ${index}`} at={mark.at} place={place} />;
          case 'ruler':
            // oxlint-disable-next-line react/no-array-index-key -- as above
            return <Ruler key={`ruler ${index}`} mark={mark} place={place} measure={measure} />;
          case 'stroke':
            // A new piece begins the fading anew.
            return <Stroke key={`${mark.id} ${mark.points.length}`} points={mark.points.map(place)} />;
        }
      })}
    </svg>
  );
}

function Pointer({ at, place }: { at: Place } & Pick<PictureMarksProps, 'place'>) {
  const { x, y } = place(at);
  return (
    <g data-pointer={`${at.x.toFixed(3)} ${at.y.toFixed(3)}`}>
      <circle className={styles.halo} cx={x} cy={y} r={14} />
      <circle className={styles.pointer} cx={x} cy={y} r={14} />
      <circle className={styles.dot} cx={x} cy={y} r={3} />
    </g>
  );
}

interface RulerProps extends Pick<PictureMarksProps, 'place' | 'measure'> {
  readonly mark: Extract<SharedMark, { kind: 'ruler' }>;
}

function Ruler({ mark, place, measure }: RulerProps) {
  const { t } = useLingui();
  const from = place(mark.from);
  const to = place(mark.to);
  const length = measure(mark.from, mark.to);
  const mm = mark.mm ?? length.mm;
  const digits = formatNumber(mm ?? length.share * 100, 1);
  return (
    <g data-ruler={digits}>
      <line className={styles.halo} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
      <line className={styles.ruler} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
      <text className={styles.length} x={(from.x + to.x) / 2 + 8} y={(from.y + to.y) / 2 - 8}>
        {mm === null ? t`${digits} % of the width` : t`${digits} mm`}
      </text>
    </g>
  );
}

function Stroke({ points }: { points: readonly Place[] }) {
  const line = points.map(({ x, y }) => `${x},${y}`).join(' ');
  return (
    <g className={styles.stroke} data-stroke={points.length}>
      <polyline className={styles.halo} points={line} />
      <polyline className={styles.drawn} points={line} />
    </g>
  );
}
