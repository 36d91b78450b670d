import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinkWitness } from './link-witness.ts';

interface Sent {
  /** ms from the start. */
  readonly sentAt: number;
  readonly delay: number | undefined;
}

/** Sound of 60 ms a packet over a way that delays each by what the function says; undefined loses it. */
function sound(seconds: number, way: (ms: number) => number | undefined, ptime = 60): Sent[] {
  return Array.from({ length: (seconds * 1000) / ptime }, (_, index) => ({
    sentAt: index * ptime,
    delay: way(index * ptime),
  }));
}

function hear(sent: readonly Sent[], { ptime = 60, rtp = 0, sequence = 0 } = {}): LinkWitness {
  const witness = LinkWitness.create();
  sent.forEach(({ sentAt, delay }, index) => {
    if (delay === undefined) return;
    witness.add({
      at: sentAt + delay + 1_000_000,
      rtpTimestamp: (rtp + index * ptime * 48) >>> 0,
      sequenceNumber: (sequence + index) & 0xffff,
      durationMs: ptime,
    });
  });
  return witness;
}

const readAt = (witness: LinkWitness, ms: number) => {
  const reading = witness.read(ms + 1_000_000);
  if (reading === undefined) throw new Error('nothing was heard');
  return reading;
};

describe('what arriving sound tells of the way', () => {
  it('sees no queue where there is none, whatever the delay and wherever the counters stand', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(0xffff_ffff), fc.nat(0xffff), (delay, rtp, sequence) => {
        const witness = hear(
          sound(20, () => delay),
          { rtp, sequence },
        );
        expect(readAt(witness, 20_000 + delay - 60)).toMatchObject({ queueMs: 0, lostPercent: 0, burstMs: 0 });
      }),
      { numRuns: 50 },
    );
  });

  it('sees a queue grow within two packets, and shrink', () => {
    // From 10 s on 300 kbit/s too much on a 128k link: 2.3 ms more a millisecond.
    const way = (ms: number) => 300 + Math.max(0, Math.min(1200, (ms - 10_000) * 2.3));
    const growing = hear(sound(10.3, way));
    expect(readAt(growing, 10_240 + way(10_240)).queueMs).toBeGreaterThan(150);
    const drained = hear(sound(20, (ms) => (ms > 10_000 && ms < 15_000 ? 900 : 300)));
    expect(readAt(drained, 20_200).queueMs).toBe(0);
  });

  it('sees it sooner in short pieces, of which there are more', () => {
    const way = (ms: number) => 300 + Math.max(0, ms - 10_000);
    const queueIn = (ptime: number) => {
      const sent = sound(10.26, way, ptime);
      const last = sent.at(-1);
      return readAt(hear(sent, { ptime }), (last?.sentAt ?? 0) + (last?.delay ?? 0)).queueMs;
    };
    expect(queueIn(20)).toBeGreaterThan(queueIn(60) + 40);
  });

  it('takes jitter for jitter', () => {
    // The emulator's own kind: independent from moment to moment, nobody overtakes.
    let latest = 0;
    let random = 1;
    const draw = () => {
      random = (random * 16_807) % 2_147_483_647;
      return random / 2_147_483_647;
    };
    const sent = sound(30, (ms) => {
      latest = Math.max(latest, ms + 150 + -60 * Math.log(1 - draw()));
      return latest - ms;
    });
    const reading = readAt(hear(sent), 30_100);
    expect(reading.jitterMs).toBeGreaterThan(20);
    expect(reading.queueMs).toBeLessThan(60);
  });

  it('counts what is lost and for how long at a time', () => {
    // Four of every forty packets, together.
    const witness = hear(sound(24, (ms) => ((ms / 60) % 40 < 4 ? undefined : 300)));
    const { lostPercent, burstMs } = readAt(witness, 24_200);
    expect(lostPercent).toBeCloseTo(10, 0);
    expect(burstMs).toBeCloseTo(240, 0);
  });

  it('takes a link that was away for no loss, and a burst beside it for one', () => {
    const wayOf = (awayMs: number) => (ms: number) => {
      const isAway = ms >= 10_000 && ms < 10_000 + awayMs;
      const isBurst = ms >= 18_000 && ms < 18_240;
      return isAway || isBurst ? undefined : 300;
    };
    const cut = readAt(hear(sound(24, wayOf(5000))), 24_200);
    expect(cut.lostPercent).toBeCloseTo(1.6, 0);
    expect(cut.burstMs).toBeCloseTo(240, 0);
    expect(cut.queueMs).toBeCloseTo(0, 0);
    // As long as copies may still reach.
    const burst = readAt(hear(sound(24, wayOf(900))), 24_200);
    expect(burst.lostPercent).toBeCloseTo(5.7, 0);
    expect(burst.burstMs).toBeCloseTo(570, 0);
  });

  it('takes longer pieces for no queue', () => {
    const witness = LinkWitness.create();
    let endsAt = 0;
    for (let index = 0; endsAt < 20_000; index += 1) {
      const durationMs = endsAt < 10_000 ? 20 : 60;
      const rtpTimestamp = endsAt * 48;
      // It can leave when its last sound was made.
      endsAt += durationMs;
      witness.add({ at: 1_000_000 + endsAt + 300, rtpTimestamp, sequenceNumber: index, durationMs });
    }
    expect(readAt(witness, 20_300)).toMatchObject({ queueMs: 0, jitterMs: 0 });
  });

  it('follows a route that became longer, within half a minute', () => {
    const witness = hear(sound(60, (ms) => (ms < 20_000 ? 50 : 400)));
    expect(readAt(witness, 60_300).queueMs).toBe(0);
  });

  it('begins anew with a microphone that begins anew, and is silent when nothing comes', () => {
    const witness = hear(sound(5, () => 50));
    witness.add({ at: 1_005_100, rtpTimestamp: 3_000_000_000, sequenceNumber: 9, durationMs: 60 });
    expect(readAt(witness, 5200)).toMatchObject({ queueMs: 0, lostPercent: 0 });
    expect(witness.read(1_009_000)).toBeUndefined();
  });
});
