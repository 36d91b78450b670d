import type { MediaConsumer, MediaCount, MediaProducer } from '../../media/media-port.ts';
import type { Peer } from './peer.ts';

/**
 * Whoever is heard by another way than before was away for a while. Pictures over it begin anew with a whole one; receivers would ask for it, after they
 * have waited for what was lost. And what was lost is not asked for and sent again: of a cut of 5 s that is 20 kB, which went before the
 * whole picture and kept a line of 128 kbit/s for three seconds.
 */
export function renewPicturesOnMove(peer: Peer): void {
  peer.recv.onMoved(() => renewShown(peer));
  peer.send.onMoved(() => {
    for (const producer of picturesOf(peer)) startAnew(producer);
  });
}

/** Of one person who is back by the way from before, in both directions. */
export function renewPicturesOf(peer: Peer, peers: readonly Peer[]): void {
  renewShown(peer);
  for (const { consumers } of peers) {
    for (const { from, consumer } of consumers.values()) {
      if (consumer.kind !== 'video' || consumer.isPaused || from !== peer.id) continue;
      consumer.requestKeyFrame().catch(() => undefined);
    }
  }
}

/** What is shown to a person and stands there. Answers at once; the media server asks a sender once a second at most, whoever asks it. */
export function renewStanding(to: Peer, consumerIds: readonly string[]): void {
  for (const consumerId of consumerIds) {
    const consumer = to.consumers.get(consumerId)?.consumer;
    if (consumer?.kind === 'video' && !consumer.isPaused) consumer.requestKeyFrame().catch(() => undefined);
  }
}

/**
 * Those of a person nothing comes from; to be called while it is so, since the first packet that comes again asks for all that did
 * not. Resolves when it is done.
 */
export async function forgetLostPictures(silent: ReadonlyMap<MediaProducer, MediaCount>): Promise<void> {
  for (const [producer, { packets }] of silent) {
    if ((await producer.count()).packets === packets) await producer.startAnew();
  }
}

/** What has come of each picture of a person until now. */
export async function countPictures(peer: Peer): Promise<Map<MediaProducer, MediaCount>> {
  const counts = picturesOf(peer).map(async (producer) => [producer, await producer.count()] as const);
  return new Map(await Promise.all(counts));
}

function picturesOf(peer: Peer): MediaProducer[] {
  return [...peer.producers.values()].map(({ producer }) => producer).filter(({ kind }) => kind === 'video');
}

/** What this person is shown. */
function renewShown(peer: Peer): void {
  for (const { consumer } of peer.consumers.values()) {
    if (consumer.kind === 'video') startAnew(consumer);
  }
}

function startAnew(track: MediaProducer | MediaConsumer): void {
  // Closed meanwhile: there is no picture to wait for.
  track.startAnew().catch(() => undefined);
}
