/** Where a picture lies in its frame. Points are shares of the unturned picture (0–1); the frame is measured in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
export type Turn = 0 | 90 | 180 | 270;
export interface View {
  /** What of the picture is in the middle of the frame. */
  readonly centre: Point;
  /** 1: the whole picture fits. */
  readonly zoom: number;
  readonly turn: Turn;
}

export const WHOLE: View = { centre: { x: 0.5, y: 0.5 }, zoom: 1, turn: 0 };
export const MOST_ZOOM = 32;

/** CSS pixels a pixel of the picture takes. */
export function scaleOf({ zoom, turn }: View, frame: Size, picture: Size): number {
  const isOnSide = turn === 90 || turn === 270;
  const width = isOnSide ? picture.height : picture.width;
  const height = isOnSide ? picture.width : picture.height;
  return Math.min(frame.width / width, frame.height / height) * zoom;
}

export function toFrame(point: Point, view: View, frame: Size, picture: Size): Point {
  const scale = scaleOf(view, frame, picture);
  const turned = turnBy(
    { x: (point.x - view.centre.x) * picture.width * scale, y: (point.y - view.centre.y) * picture.height * scale },
    view.turn,
  );
  return { x: frame.width / 2 + turned.x, y: frame.height / 2 + turned.y };
}

export function toPicture(at: Point, view: View, frame: Size, picture: Size): Point {
  const scale = scaleOf(view, frame, picture);
  const back = turnBy({ x: at.x - frame.width / 2, y: at.y - frame.height / 2 }, ((360 - view.turn) % 360) as Turn);
  return {
    x: share(view.centre.x + back.x / (picture.width * scale)),
    y: share(view.centre.y + back.y / (picture.height * scale)),
  };
}

/** Keeps `at`, a place of the frame, over the same place of the picture. */
export function zoomAt(view: View, factor: number, at: Point, frame: Size, picture: Size): View {
  const zoom = Math.min(MOST_ZOOM, Math.max(1, view.zoom * factor));
  if (zoom === 1) return { ...view, zoom, centre: WHOLE.centre };
  const held = toPicture(at, view, frame, picture);
  const zoomed = { ...view, zoom };
  const moved = toPicture(at, zoomed, frame, picture);
  return {
    ...zoomed,
    centre: { x: share(view.centre.x + held.x - moved.x), y: share(view.centre.y + held.y - moved.y) },
  };
}

/** Moves the picture by so many CSS pixels. */
export function panBy(view: View, by: Point, frame: Size, picture: Size): View {
  if (view.zoom === 1) return view;
  const centre = toPicture({ x: frame.width / 2 - by.x, y: frame.height / 2 - by.y }, view, frame, picture);
  return { ...view, centre };
}

export function turnRight(view: View): View {
  return { ...view, turn: ((view.turn + 90) % 360) as Turn };
}

/** Length of a line in shares of the picture's width. */
export function lengthOf(from: Point, to: Point, picture: Size): number {
  return Math.hypot(to.x - from.x, ((to.y - from.y) * picture.height) / picture.width);
}

function turnBy({ x, y }: Point, turn: Turn): Point {
  switch (turn) {
    case 0:
      return { x, y };
    case 90:
      return { x: -y, y: x };
    case 180:
      return { x: -x, y: -y };
    case 270:
      return { x: y, y: -x };
  }
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}
