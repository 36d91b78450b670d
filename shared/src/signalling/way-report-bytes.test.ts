import { describe, expect, it } from 'vitest';
import type { PeerId } from '../kernel/ids.ts';
import { fromBytes, isLater, type NumberedReport, toBytes, WAY_REPORT_BYTES } from './way-report-bytes.ts';

const REPORT: NumberedReport = {
  sequence: 65_535,
  peerId: '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as PeerId,
  receivedBps: 41_234,
  queueMs: 812,
  burstMs: 120,
  rttMs: 603,
  jitterMs: 10.4,
  lostPercent: 5.25,
};

describe('a report in bytes', () => {
  it('says the same again', () => {
    expect(fromBytes(toBytes(REPORT))).toEqual(REPORT);
    expect(toBytes(REPORT)).toHaveLength(WAY_REPORT_BYTES);
  });

  it('is read where it lies in something larger', () => {
    const larger = new Uint8Array(80);
    larger.set(toBytes(REPORT), 13);
    expect(fromBytes(larger.subarray(13, 13 + WAY_REPORT_BYTES))).toEqual(REPORT);
  });

  it('holds the most there is room for', () => {
    const report = { ...REPORT, queueMs: 600_000, receivedBps: 10_000_000_000 };
    expect(fromBytes(toBytes(report))).toEqual({ ...REPORT, queueMs: 65_535, receivedBps: 4_294_967_295 });
  });

  it.each([
    ['too short', toBytes(REPORT).subarray(1)],
    ['too long', new Uint8Array(WAY_REPORT_BYTES + 1)],
    ['empty', new Uint8Array(0)],
    ['no peer', toBytes(REPORT).fill(0xaa, 2, 18)],
    ['more lost than there was', toBytes(REPORT).fill(0xff, 30, 32)],
  ])('is none when it is %s', (_, bytes) => {
    expect(fromBytes(bytes)).toBeUndefined();
  });

  it('is known for old when a later one was there, past the last number too', () => {
    expect([isLater(1, undefined), isLater(2, 1), isLater(1, 1), isLater(1, 2)]).toEqual([true, true, false, false]);
    expect([isLater(3, 65_530), isLater(65_530, 3)]).toEqual([true, false]);
  });
});
