import { isMainSide, type MainSide, type RoomSide } from '../signalling/room.ts';
import { overlap, type Span, secondsOf, union, without } from './spans.ts';

export interface MeasuredStay {
  readonly userId: string;
  readonly side: RoomSide;
  readonly session: string;
  readonly network: string | null;
  readonly span: Span;
}

export interface MeasuredStretch {
  readonly userId: string;
  readonly side: RoomSide;
  readonly direction: 'from' | 'to';
  readonly kind: 'audio' | 'video';
  readonly span: Span;
}

export interface Measure {
  /** When both sides were in the room. */
  readonly together: readonly Span[];
  readonly twoWayAudio: readonly Span[];
  readonly voiceOnly: readonly Span[];
  readonly togetherSeconds: number;
  readonly twoWayAudioSeconds: number;
  readonly voiceOnlySeconds: number;
  readonly callFrom: number | null;
  readonly callTo: number | null;
  readonly hasSharedSession: boolean;
  readonly hasSharedNetwork: boolean;
}

/**
 * What the intervals of one consult come to. One person on both sides is one person: their time is nobody's together. Whoever else is in the
 * room, a further specialist, an interpreter, an observer, stands in for neither side, speaks for neither and shows neither.
 */
export function measure(stays: readonly MeasuredStay[], stretches: readonly MeasuredStretch[]): Measure {
  const of = (side: MainSide) => stays.filter((stay) => stay.side === side);
  const [station, specialist] = [of('station'), of('specialist')];
  const together = overlap(spans(station), spans(specialist));
  const heard = (side: MainSide) =>
    spans(stretches.filter((one) => one.side === side && one.direction === 'from' && one.kind === 'audio'));
  const twoWayAudio = overlap(together, overlap(heard('station'), heard('specialist')));
  const seen = spans(
    stretches.filter(({ side, direction, kind }) => isMainSide(side) && direction === 'from' && kind === 'video'),
  );
  const voiceOnly = without(twoWayAudio, seen);
  const share = (pick: (stay: MeasuredStay) => string | null) => {
    const here = new Set(station.map(pick).filter((value) => value !== null));
    return specialist.some((stay) => here.has(pick(stay) ?? ''));
  };
  return {
    together,
    twoWayAudio,
    voiceOnly,
    togetherSeconds: secondsOf(together),
    twoWayAudioSeconds: secondsOf(twoWayAudio),
    voiceOnlySeconds: secondsOf(voiceOnly),
    callFrom: together[0]?.[0] ?? null,
    callTo: together.at(-1)?.[1] ?? null,
    hasSharedSession: share(({ session }) => session) || share(({ userId }) => userId),
    hasSharedNetwork: share(({ network }) => network),
  };
}

function spans(of: readonly { readonly span: Span }[]): Span[] {
  return union(of.map(({ span }) => span));
}
