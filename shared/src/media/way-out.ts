/**
 * How media leave a closed network: straight to the media server, or through a relay (TURN) that is reached by UDP, TCP or, like any
 * web page, TLS. The best first: what is carried by TCP or TLS waits for what was lost before it.
 */
export const WAYS_OUT = ['udp', 'turn_udp', 'tcp', 'turn_tcp', 'turn_tls'] as const;
export type WayOut = (typeof WAYS_OUT)[number];
