import type { Config } from '../../config.ts';
import type { Store } from '../../db/store.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { EventBus } from '../../kernel/event-bus.ts';
import { EmailChannel } from './email-channel.ts';
import { NoticeService } from './notice.service.ts';
import { NoticeDeliverer, type OutgoingChannels } from './notice-deliverer.ts';
import { NoticeUpkeepService } from './notice-upkeep.service.ts';
import { SmsChannel } from './sms-channel.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly config: Pick<Config, 'notices' | 'publicOrigin'>;
}

/** The services of notices, connected, with the ways out that the configuration names. */
export function createNotices({ store, clock, bus, config }: Dependencies) {
  const { email, sms } = config.notices;
  const channels: OutgoingChannels = {
    ...(email !== undefined && { email: new EmailChannel(email) }),
    ...(sms !== undefined && { sms: new SmsChannel(sms) }),
  };
  const names = Object.keys(channels) as (keyof OutgoingChannels)[];
  return {
    notices: new NoticeService({ store, clock, channels: names }),
    upkeep: new NoticeUpkeepService({ store, clock }),
    deliverer: new NoticeDeliverer({ store, clock, bus, channels, publicOrigin: config.publicOrigin }),
  };
}
