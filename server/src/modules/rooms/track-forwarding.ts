import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Logger } from '../../kernel/logger.ts';
import type { MediaRouter } from '../../media/media-port.ts';
import type { Peer, PeerProducer } from './peer.ts';
import { PeerConsumer } from './peer-consumer.ts';

interface Track {
  readonly requestId: RequestId;
  readonly router: MediaRouter;
  readonly from: Peer;
  readonly entry: PeerProducer;
  readonly to: Peer;
  /** True unless the receiver is known to be ready for it. */
  readonly isPaused: boolean;
  /** A picture that does not go to this receiver for the moment. */
  readonly isHeld: boolean;
}

/** Gives a track of one peer to another. A receiver that cannot take it goes without: the sender is not to blame. */
export async function forwardTrack(track: Track, logger: Pick<Logger, 'info' | 'warn'>): Promise<void> {
  const { requestId, router, from, entry, to, isPaused, isHeld } = track;
  const { source, producer } = entry;
  const log = { requestId, peerId: to.id, source };
  const isOtherVoice = producer.kind === 'audio' && from.isVoiceRedundant !== to.isVoiceRedundant;
  if (!to.hasMedia || isOtherVoice || !router.canConsume(producer.id, to.rtpCapabilities)) {
    return logger.info(log, 'track cannot be received');
  }
  try {
    const { rtpCapabilities } = to;
    const consumer = await to.recv.consume({ producerId: producer.id, rtpCapabilities, isPaused: isPaused || isHeld });
    const isCurrent = [...from.producers.values()].includes(entry);
    if (to.isClosed || from.isClosed || !isCurrent) return consumer.close();
    addConsumer(to, PeerConsumer.create({ from: from.id, source, consumer, isWanted: !isPaused, isHeld }));
  } catch (error) {
    logger.warn({ ...log, err: error }, 'track not forwarded');
  }
}

function addConsumer(to: Peer, entry: PeerConsumer): void {
  const { consumer } = entry;
  const consumerId = consumer.id;
  to.consumers.set(consumerId, entry);
  consumer.onProducerPaused((isPaused) => {
    if (to.isAnnounced) to.notify(isPaused ? 'consumer:paused' : 'consumer:resumed', { consumerId });
  });
  consumer.onProducerClosed(() => {
    to.consumers.delete(consumerId);
    if (to.isAnnounced) to.notify('consumer:closed', { consumerId });
  });
  if (to.isAnnounced) to.notify('consumer:created', entry.describe());
}
