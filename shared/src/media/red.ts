/**
 * Redundant audio (RFC 2198): in front of each piece of sound go copies of earlier ones, so that what a burst took comes again with
 * what follows it. The media server forwards these bytes unread.
 *
 * A copy costs its bytes again but not another packet. On links that fail for stretches of time it is not the number of copies that
 * saves a piece but how long after it they come: so a plan names distances, `[2]` being one copy two packets later.
 */

/** Distances in packets, growing; `[]` sends the header alone, so that the receiver never has to be told. */
export type RedPlan = readonly number[];

export interface RedBlock {
  /** RTP timestamp, 48 kHz, modulo 2³². */
  readonly timestamp: number;
  readonly data: Uint8Array;
}

/** The inner payload type: what Chromium calls Opus, and what the receiver's session description says stands in there. */
export const OPUS_PAYLOAD_TYPE = 111;
/** The router's name for Opus, which receivers are told is RED. */
export const RED_PAYLOAD_TYPE = 63;

/** 14 bits of offset, 10 of length. */
const MAX_OFFSET = 0x3fff;
const MAX_LENGTH = 0x3ff;
/** The longest Opus packet is 1275 bytes: a header that says more is not one of ours. */
const HEADER = 4;

/** How many packets back are worth keeping at `ptimeMs` of sound a packet: what is further cannot be named. */
export function maxDistance(ptimeMs: number): number {
  return Math.floor(MAX_OFFSET / (ptimeMs * 48));
}

/**
 * The bytes of one packet. `history` is earlier pieces, oldest first; a piece that is too old, too long, or missing is left out. Never
 * fails: at worst it holds the current piece alone.
 */
export function wrapRed(current: RedBlock, history: readonly RedBlock[], plan: RedPlan): Uint8Array<ArrayBuffer> {
  const copies = plan
    .map((distance) => history[history.length - distance])
    .filter((block) => block !== undefined)
    .filter(({ timestamp, data }) => {
      const offset = (current.timestamp - timestamp) >>> 0;
      return offset > 0 && offset <= MAX_OFFSET && data.length > 0 && data.length <= MAX_LENGTH;
    })
    // Oldest first, as the standard wants it.
    .sort((a, b) => ((current.timestamp - b.timestamp) >>> 0) - ((current.timestamp - a.timestamp) >>> 0));
  const size = copies.reduce((sum, { data }) => sum + HEADER + data.length, 1 + current.data.length);
  const packet = new Uint8Array(size);
  let at = 0;
  for (const { timestamp, data } of copies) {
    const offset = (current.timestamp - timestamp) >>> 0;
    packet.set(
      [0x80 | OPUS_PAYLOAD_TYPE, offset >> 6, ((offset & 0x3f) << 2) | (data.length >> 8), data.length & 0xff],
      at,
    );
    at += HEADER;
  }
  packet[at] = OPUS_PAYLOAD_TYPE;
  at += 1;
  for (const { data } of [...copies, current]) {
    packet.set(data, at);
    at += data.length;
  }
  return packet;
}

/** What a packet holds, oldest first, the current piece last; undefined when it is not one. */
export function unwrapRed(timestamp: number, packet: Uint8Array): RedBlock[] | undefined {
  const headers: { timestamp: number; length: number }[] = [];
  let at = 0;
  while (((packet[at] ?? 0) & 0x80) !== 0) {
    const [type = 0, high = 0, middle = 0, low = 0] = packet.subarray(at, at + HEADER);
    if (at + HEADER >= packet.length || (type & 0x7f) !== OPUS_PAYLOAD_TYPE) return undefined;
    headers.push({
      timestamp: (timestamp - ((high << 6) | (middle >> 2))) >>> 0,
      length: ((middle & 3) << 8) | low,
    });
    at += HEADER;
  }
  if (packet[at] !== OPUS_PAYLOAD_TYPE) return undefined;
  at += 1;
  const blocks: RedBlock[] = [];
  for (const { timestamp: then, length } of headers) {
    blocks.push({ timestamp: then, data: packet.slice(at, at + length) });
    at += length;
  }
  if (at > packet.length) return undefined;
  return [...blocks, { timestamp, data: packet.slice(at) }];
}

/** Keeps what a sender needs: give it every piece in order, send what it answers. */
export class RedWriter {
  static create(plan: RedPlan): RedWriter {
    return new RedWriter(plan);
  }

  plan: RedPlan;
  readonly #history: RedBlock[] = [];

  private constructor(plan: RedPlan) {
    this.plan = plan;
  }

  write(block: RedBlock): Uint8Array<ArrayBuffer> {
    const packet = wrapRed(block, this.#history, this.plan);
    this.#history.push(block);
    // 20 ms a packet is the shortest in use.
    if (this.#history.length > maxDistance(20)) this.#history.shift();
    return packet;
  }
}
