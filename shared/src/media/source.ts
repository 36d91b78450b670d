import * as z from 'zod/mini';

export const MediaKind = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof MediaKind>;

/** What a track shows or carries. A peer sends at most one of each; a new one takes the place of the old. */
export const MEDIA_SOURCES = ['microphone', 'camera', 'screen'] as const;
export const MediaSource = z.enum(MEDIA_SOURCES);
export type MediaSource = z.infer<typeof MediaSource>;

export const KIND_OF_SOURCE = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
} as const satisfies Record<MediaSource, MediaKind>;
