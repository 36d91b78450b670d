import type { SharedMark } from '@jaqyn/shared/attachments/shared-view';
import { PictureMarks } from '../../../ui/picture-marks.tsx';
import { lengthOf, type Size, toFrame, type View } from '../view-geometry.ts';

interface MarksProps {
  readonly marks: readonly SharedMark[];
  readonly view: View;
  readonly frame: Size;
  readonly picture: Size;
  readonly widthMm: number | undefined;
}

/** Marks on a picture that is zoomed and turned. */
export function Marks({ marks, view, frame, picture, widthMm }: MarksProps) {
  return (
    <PictureMarks
      marks={marks}
      frame={frame}
      place={(point) => toFrame(point, view, frame, picture)}
      measure={(from, to) => {
        const share = lengthOf(from, to, picture);
        return { share, mm: widthMm === undefined ? null : share * widthMm };
      }}
    />
  );
}
