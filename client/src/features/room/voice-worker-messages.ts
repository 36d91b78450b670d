import type { LinkReading } from '@jaqyn/shared/media/link-witness';
import type { RedPlan } from '@jaqyn/shared/media/red';

/** What the page hands to the worker with each track. */
export type VoiceTransformOptions =
  | { readonly kind: 'send'; readonly port: MessagePort; readonly copies: RedPlan }
  | { readonly kind: 'receive'; readonly port: MessagePort; readonly isRedundant: boolean };

/** What the page says of a track that is sent: its copies, or that what leaves now is for nobody (null: the link is away). */
export type VoiceOrder = { readonly copies: RedPlan } | { readonly isAway: boolean };

/** What the worker tells of a track that is received. */
export interface VoiceReading extends LinkReading {
  /** How far back the copies reach that come with it, ms of sound. */
  readonly reachMs: number;
}
