import { MARKS_PER_SECOND, type SharedMark, type SharedView } from '@jaqyn/shared/attachments/shared-view';
import type { AttachmentId } from '@jaqyn/shared/kernel/ids';
import { createMarkSender, MarkStore, type PlacedMark } from '../../lib/mark-store.ts';
import { signalling } from '../../lib/signalling.ts';
import { createStore } from '../../lib/store.ts';

interface FileMark extends PlacedMark {
  readonly attachmentId: AttachmentId;
  readonly page: number;
}

interface Sharing {
  /** One shows the others what one looks at. */
  readonly isShowing: boolean;
  /** One looks where the others look. */
  readonly isFollowing: boolean;
  readonly theirs: SharedView | null;
  /** On the pages that are shown, by whoever points. */
  readonly marks: readonly FileMark[];
}

const NOTHING: Sharing = { isShowing: false, isFollowing: true, theirs: null, marks: [] };
export const sharing = createStore<Sharing>(NOTHING);

/** What was last said, to be said again to somebody who comes later. */
let own: SharedView | null = null;
const STEP_MS = 1000 / MARKS_PER_SECOND;

/** Sends the newest of many, no faster than the other side is to hear it. */
function createPacer<T>(send: (value: T) => void): (value: T) => void {
  let waiting: { readonly value: T } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function flush() {
    timer = undefined;
    if (!waiting) return;
    const { value } = waiting;
    waiting = undefined;
    send(value);
    timer = setTimeout(flush, STEP_MS);
  }
  return (value) => {
    waiting = { value };
    if (timer === undefined) flush();
  };
}

// What does not arrive is shown a moment later by what does.
const sendView = createPacer((view: SharedView | null) => void signalling.call('view:show', { view }).catch(() => {}));
const marks = MarkStore.create<FileMark>(() => sharing.set({ ...sharing.get(), marks: marks.marks }));
let pointedAt: { readonly attachmentId: AttachmentId; readonly page: number } | undefined;
const sendMark = createMarkSender((mark) => {
  if (pointedAt) void signalling.call('view:point', { ...pointedAt, mark }).catch(() => {});
});

export function showView(view: SharedView): void {
  own = view;
  if (sharing.get().isShowing) sendView(view);
}

export function showMark(attachmentId: AttachmentId, page: number, mark: SharedMark): void {
  marks.add({ attachmentId, page, mark, by: null });
  pointedAt = { attachmentId, page };
  const { isShowing, isFollowing, theirs } = sharing.get();
  // Whoever follows points on what is shown to them: the other side looks at the same page.
  const isOnTheirs = isFollowing && theirs?.attachmentId === attachmentId && theirs.page === page;
  if (isShowing || isOnTheirs) sendMark(mark);
}

export function setShowing(isShowing: boolean): void {
  sharing.set({ ...sharing.get(), isShowing });
  sendView(isShowing ? own : null);
}

export function setFollowing(isFollowing: boolean): void {
  sharing.set({ ...sharing.get(), isFollowing });
}

/** For as long as a call lasts; returns what ends it. */
export function startSharing(): () => void {
  const stops = [
    signalling.on('view:shown', ({ view }) => {
      const now = sharing.get();
      sharing.set({ ...now, theirs: view });
      if (view === null) marks.clear();
    }),
    signalling.on('view:pointed', ({ attachmentId, page, mark, peerId }) =>
      marks.add({ attachmentId, page, mark, by: peerId }),
    ),
    signalling.on('peer:joined', () => {
      if (sharing.get().isShowing && own) sendView(own);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    own = null;
    marks.clear();
    sharing.set(NOTHING);
  };
}
