/** A slot that is kept while its form is open, judged by the server's clock and never by this computer's. */
import type { HoldId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';

export interface SlotHold {
  readonly holdId: HoldId;
  readonly practitionerId: PractitionerId;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly expiresAt: Instant;
}

export type HoldPhase =
  | { readonly kind: 'held'; readonly secondsLeft: number; readonly isShort: boolean }
  /** Nobody is told that it ran out; the slot may still be free. */
  | { readonly kind: 'expired' }
  /** The slot itself has begun. */
  | { readonly kind: 'begun' };

/** Below this the countdown asks for attention. */
const SHORT_SECONDS = 30;

/** `nowSeconds` are the server's. */
export function holdPhase(hold: Pick<SlotHold, 'startsAt' | 'expiresAt'>, nowSeconds: number): HoldPhase {
  if (Date.parse(hold.startsAt) / 1000 <= nowSeconds) return { kind: 'begun' };
  const secondsLeft = Math.ceil(Date.parse(hold.expiresAt) / 1000 - nowSeconds);
  return secondsLeft <= 0 ? { kind: 'expired' } : { kind: 'held', secondsLeft, isShort: secondsLeft <= SHORT_SECONDS };
}
