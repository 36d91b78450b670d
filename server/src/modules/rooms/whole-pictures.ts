import type { Peer } from './peer.ts';

/**
 * Whoever is heard by another way than before was away for a while. Pictures over it begin anew with a whole one; receivers would ask for it, after they
 * have waited for what was lost.
 */
export function renewPicturesOnMove(peer: Peer, peers: () => readonly Peer[]): void {
  peer.recv.onMoved(() => renew(peer, () => true));
  peer.send.onMoved(() => {
    for (const receiver of peers()) renew(receiver, (from) => from === peer.id);
  });
}

/** Of one person, in both directions. */
export function renewPicturesOf(peer: Peer, peers: readonly Peer[]): void {
  renew(peer, () => true);
  for (const receiver of peers) renew(receiver, (from) => from === peer.id);
}

function renew(receiver: Peer, isMeant: (from: Peer['id']) => boolean): void {
  for (const { from, consumer } of receiver.consumers.values()) {
    if (consumer.kind !== 'video' || consumer.isPaused || !isMeant(from)) continue;
    // Closed meanwhile: there is no picture to wait for.
    consumer.requestKeyFrame().catch(() => undefined);
  }
}
