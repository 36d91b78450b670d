import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import type { Config } from '../config.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Logger } from '../kernel/logger.ts';
import type { MediaPort } from './media-port.ts';
import { MediasoupMedia } from './mediasoup-adapter.ts';
import { WorkerPool } from './worker-pool.ts';

/** The media server as configured. Throws `server.port_in_use` naming JAQYN_RTC_PORT, `server.config_invalid`. */
export async function startMedia(
  rtc: Config['rtc'],
  { logger, onWorkerDeath }: { logger: Logger; onWorkerDeath: () => void },
): Promise<MediaPort> {
  try {
    const pool = await WorkerPool.create({
      count: rtc.workers,
      basePort: rtc.port,
      listenIps: rtc.listenIps,
      announcedAddress: rtc.announcedAddress,
      logger,
      onDeath: onWorkerDeath,
    });
    return MediasoupMedia.create(pool, MEDIA_PROFILES[rtc.profile]);
  } catch (error) {
    // The worker tells only in words.
    if (!(error instanceof Error && error.message.includes('address already in use'))) throw error;
    throw new DomainError('server.port_in_use', {
      fields: [{ path: 'JAQYN_RTC_PORT', code: String(rtc.port) }],
      cause: error,
    });
  }
}
