import type { Flow, TracedPacket } from './trace.ts';

/** Mean, least and standard deviation of the delays of what arrived, ms; NaN where nothing did. */
export interface Delays {
  readonly mean: number;
  readonly min: number;
  readonly deviation: number;
}

export function measureDelays(packets: readonly TracedPacket[]): Delays {
  const delays = packets.flatMap((packet) => packet.delay ?? []);
  const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
  const variance = delays.reduce((sum, delay) => sum + (delay - mean) ** 2, 0) / delays.length;
  const min = delays.reduce((least, delay) => Math.min(least, delay), Number.POSITIVE_INFINITY);
  return { mean, min: delays.length > 0 ? min : Number.NaN, deviation: Math.sqrt(variance) };
}

export function measureLoss(packets: readonly TracedPacket[]): number {
  const lost = packets.filter((packet) => packet.delay === undefined).length;
  return (100 * lost) / packets.length;
}

/**
 * Mean length of the bursts of loss in ms, from an evenly spaced flow. A burst that begins and ends between two packets is not
 * seen, and one that is seen is longer than the packets in it, so this does not count but fits: for the two-state process the
 * correlation of one packet with the next is exp(−every·(1/burst + 1/pause)), and burst/(burst + pause) is the loss.
 * 0 where losses follow each other no more often than by chance.
 */
export function measureBurst(packets: readonly TracedPacket[], every: number): number {
  let [lost, afterLost, lostAfterLost, lostAfterGood] = [0, 0, 0, 0];
  for (const [index, packet] of packets.entries()) {
    const isLost = packet.delay === undefined;
    const before = packets[index - 1];
    if (isLost) lost++;
    if (!before) continue;
    if (before.delay === undefined) afterLost++;
    if (isLost && before.delay === undefined) lostAfterLost++;
    else if (isLost) lostAfterGood++;
  }
  const share = lost / packets.length;
  const correlation = lostAfterLost / afterLost - lostAfterGood / (packets.length - 1 - afterLost);
  if (!(correlation > 0.1)) return 0;
  return -every / Math.log(correlation) / (1 - share);
}

/** Stretches in which nothing that was sent arrived, at least `atLeast` ms long, by the time of sending. */
export function measureSilences(
  packets: readonly TracedPacket[],
  every: number,
  atLeast: number,
): { from: number; ms: number }[] {
  const silences: { from: number; ms: number }[] = [];
  let current: { from: number; ms: number } | undefined;
  for (const packet of packets) {
    if (packet.delay !== undefined) {
      current = undefined;
    } else if (current) {
      current.ms += every;
    } else {
      current = { from: packet.sentAt, ms: every };
      silences.push(current);
    }
  }
  return silences.filter((silence) => silence.ms >= atLeast);
}

/** Whether nothing overtook anything. */
export function isInOrder(packets: readonly TracedPacket[]): boolean {
  let latest = 0;
  for (const { sentAt, delay } of packets) {
    if (delay === undefined) continue;
    // Both figures are printed with three decimals.
    if (sentAt + delay < latest - 0.002) return false;
    latest = sentAt + delay;
  }
  return true;
}

/** kbit/s that came through while more was sent than the link can carry, after it filled up. */
export function measureRate(packets: readonly TracedPacket[], flow: Flow): number {
  const arrivals = packets.flatMap(({ sentAt, delay }) => (delay === undefined ? [] : sentAt + delay));
  const steady = arrivals.slice(Math.floor(arrivals.length / 4));
  const ms = (steady.at(-1) ?? Number.NaN) - (steady[0] ?? Number.NaN);
  return ((steady.length - 1) * flow.size * 8) / ms;
}

/**
 * Bytes the queue took, from how much longer packets waited than the first one once it was full, on a link of `rate` kbit/s. The
 * middle of them, because a machine that stood still for a moment makes a few wait longer.
 */
export function measureQueue(packets: readonly TracedPacket[], flow: Flow, rate: number): number {
  const delays = packets.flatMap((packet) => packet.delay ?? []);
  const full = delays.slice(Math.floor(delays.length * 0.75)).sort((a, b) => a - b);
  const middle = full[Math.floor(full.length / 2)] ?? Number.NaN;
  return ((middle - (delays[0] ?? Number.NaN)) * rate) / 8 + flow.size;
}
