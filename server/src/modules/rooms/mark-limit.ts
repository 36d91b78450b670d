import type { Peer } from './peer.ts';

/** Lets at most `burst` at once and a second through for each peer; more are to be dropped: the newest place comes soon enough. */
export function createMarkLimit(burst: number): (peer: Peer) => boolean {
  const tokens = new WeakMap<Peer, { left: number; at: number }>();
  return (peer) => {
    const now = performance.now();
    const { left, at } = tokens.get(peer) ?? { left: burst, at: now };
    const filled = Math.min(burst, left + ((now - at) / 1000) * burst);
    tokens.set(peer, { left: filled >= 1 ? filled - 1 : filled, at: now });
    return filled >= 1;
  };
}
