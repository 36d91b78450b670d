import * as z from 'zod/mini';

export const MediaKind = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof MediaKind>;

/**
 * What a track shows or carries. A peer sends at most one of each; a new one takes the place of the old. `examination` is a second
 * camera (otoscope, dermatoscope, room), `stethoscope` sound as it is; both are the station's.
 */
export const MEDIA_SOURCES = ['microphone', 'camera', 'screen', 'examination', 'stethoscope'] as const;
export const MediaSource = z.enum(MEDIA_SOURCES);
export type MediaSource = z.infer<typeof MediaSource>;

export const KIND_OF_SOURCE = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
  examination: 'video',
  stethoscope: 'audio',
} as const satisfies Record<MediaSource, MediaKind>;

/** Sources that only somebody beside the patient has. */
export const STATION_SOURCES: readonly MediaSource[] = ['examination', 'stethoscope'];

/** Whether a drawn curtain holds this back: every picture, and the sound when that was asked for. */
export function isBehindCurtain(source: MediaSource, curtain: { readonly hidesSound: boolean } | null): boolean {
  return curtain !== null && (KIND_OF_SOURCE[source] === 'video' || curtain.hidesSound);
}
