import type { Profile, WayProfile } from './profiles.ts';

/** What can be told of one direction while it runs; `cut` in ms, `on` or `off`. See emulator/link.h. */
export type WayChange = Partial<WayProfile> & {
  readonly cut?: number | 'on' | 'off';
  readonly gap?: number;
  readonly every?: number;
};

export interface LinkChange {
  readonly up?: WayChange;
  readonly down?: WayChange;
  /** Starts the weather of this seed now: the same bursts, gaps and jitter at the same moments from here on. */
  readonly seed?: number;
}

/** The change as the emulator wants to hear it. */
export function toWords(change: LinkChange): string {
  const words = change.seed === undefined ? [] : [`seed=${change.seed}`];
  for (const way of ['up', 'down'] as const) {
    for (const [key, value] of Object.entries(change[way] ?? {})) words.push(`${way}.${key}=${value}`);
  }
  return words.join(' ');
}

/** The same for both directions. */
export function bothWays(change: WayChange): LinkChange {
  return { up: change, down: change };
}

/** Everything of a profile that holds from the start: not its cut, and not what it changes to. */
export function toChange(profile: Profile, seed: number): LinkChange {
  const gap = { gap: profile.gap?.ms ?? 0, every: profile.gap?.everyMs ?? 0 };
  return { up: { ...profile.up, ...gap }, down: { ...profile.down, ...gap }, seed };
}

/** What the air does is switched off; rate, queue and mean delay stay. */
export const FAIR_WEATHER: LinkChange = bothWays({ loss: 0, jitter: 0, gap: 0 });
