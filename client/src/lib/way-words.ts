import type { WayOut } from '@jaqyn/shared/media/way-out';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** How sound and picture get out, in a word or two. */
export const wayWords: Record<WayOut, MessageDescriptor> = {
  udp: msg`direct (UDP)`,
  turn_udp: msg`through the relay (UDP)`,
  tcp: msg`direct (TCP)`,
  turn_tcp: msg`through the relay (TCP)`,
  turn_tls: msg`through the relay (TLS 443)`,
};
