/**
 * How the sound of a peer arrives, in 32 bytes, for the line beside the media: four of them a second as text would be a tenth of a
 * village's link. Big-endian; what is more than its field holds is the most that it holds.
 *
 * | bytes | what |
 * |---|---|
 * | 0 to 1 | sequence, modulo 2¹⁶ |
 * | 2 to 17 | the peer, a UUID |
 * | 18 to 21 | what arrives, bit/s |
 * | 22 to 31 | two each: queue, bursts and round trip in ms, jitter in tenths of a ms, losses in hundredths of a percent |
 */
import * as z from 'zod/mini';
import { PeerId } from '../kernel/ids.ts';
import { WayReport } from './room.ts';

export const WAY_REPORT_BYTES = 32;

/** {@link WayReport} of a peer, numbered by who sees it, so that one that was overtaken is known for old. */
export const NumberedReport = z.extend(WayReport, {
  peerId: PeerId,
  sequence: z.number().check(z.int(), z.minimum(0), z.maximum(0xffff)),
});
export type NumberedReport = z.infer<typeof NumberedReport>;

export function toBytes(report: NumberedReport): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(WAY_REPORT_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, report.sequence);
  const hex = report.peerId.replaceAll('-', '');
  for (let at = 0; at < 16; at += 1) view.setUint8(2 + at, Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
  view.setUint32(18, Math.min(0xffff_ffff, Math.round(report.receivedBps)));
  const { queueMs, burstMs, rttMs, jitterMs, lostPercent } = report;
  for (const [index, value] of [queueMs, burstMs, rttMs, 10 * jitterMs, 100 * lostPercent].entries())
    view.setUint16(22 + 2 * index, Math.min(0xffff, Math.round(value)));
  return bytes;
}

/** Undefined for what is no report: the line is open to whatever a client sends. */
export function fromBytes(bytes: Uint8Array): NumberedReport | undefined {
  if (bytes.byteLength !== WAY_REPORT_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hex = Array.from(bytes.subarray(2, 18), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const two = (index: number) => view.getUint16(22 + 2 * index);
  const report = NumberedReport.safeParse({
    sequence: view.getUint16(0),
    peerId: [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
    receivedBps: view.getUint32(18),
    queueMs: two(0),
    burstMs: two(1),
    rttMs: two(2),
    jitterMs: two(3) / 10,
    lostPercent: two(4) / 100,
  });
  return report.success ? report.data : undefined;
}

/** Whether `a` was said after `b`, as far as half of all numbers can tell. */
export function isLater(a: number, b: number | undefined): boolean {
  return b === undefined || ((a - b) << 16) >> 16 > 0;
}
