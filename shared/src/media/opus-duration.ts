/** ms a frame, by the first five bits of a packet's first byte (RFC 6716, table 2): SILK, hybrid, CELT. */
const SILK = [10, 20, 40, 60] as const;
const HYBRID = [10, 20] as const;
const CELT = [2.5, 5, 10, 20] as const;

/** ms of sound in an Opus packet, which says so in its first byte, or two; 0 for one without a byte. */
export function opusDurationMs(packet: Uint8Array): number {
  const [toc, count = 0] = packet;
  if (toc === undefined) return 0;
  const config = toc >> 3;
  const frameMs =
    config < 12 ? SILK[(config & 3) as 0] : config < 16 ? HYBRID[(config & 1) as 0] : CELT[(config & 3) as 0];
  const code = toc & 3;
  const frames = code === 0 ? 1 : code === 3 ? count & 0x3f : 2;
  return frames * frameMs;
}
