import { createHash } from 'node:crypto';
import type { Store } from '../../../server/src/db/store.ts';
import { SAMPLE_SECONDS } from '../../../shared/src/link-samples/link-sample.contract.ts';
import type { CallStep } from '../../../shared/src/media/call-step.ts';
import { demoId, instant } from '../demo-id.ts';
import { Random } from '../random.ts';
import { callMeasuresRepository, type Interval, type Sample, type Stay } from './call-measures.repository.ts';

/** The newest calls of those whose accounts are worth remembering; the others are from before anything measured. */
const CALLS = 18;
const MEASURED = ['cardio', 'cardio2', 'neuro'];

interface Call {
  readonly requestId: string;
  readonly station: string;
  readonly specialist: string;
  readonly from: number;
  readonly to: number;
}

/** How the demo's calls were, every ten seconds from both ends, and who was in the room: so that the plots of a demo have lines. */
export async function measureCalls(store: Store): Promise<number> {
  const rows = await store.read((tx) => callMeasuresRepository.listCalls(tx, MEASURED, CALLS));
  const calls = rows.map(
    ({ request, specialist }): Call => ({
      requestId: request.id,
      station: request.requestedBy,
      specialist,
      from: Date.parse(request.answeredAt ?? ''),
      to: Date.parse(request.endedAt ?? ''),
    }),
  );
  const samples = calls.flatMap((call) => samplesOf(call));
  const stays = calls.flatMap((call) => [stayOf(call, 'station'), stayOf(call, 'specialist')]);
  const intervals = stays.flatMap((stay, index) => intervalsOf(stay, calls[index >> 1] as Call));
  await store.transaction((tx) => callMeasuresRepository.insert(tx, { stays, intervals, samples }));
  return calls.length;
}

/** A village's line: fair, and bad for a while in the middle of some calls. */
function samplesOf({ requestId, station, specialist, from, to }: Call): Sample[] {
  const random = new Random(`link of ${requestId}`);
  const isSatellite = random.chance(0.5);
  const [badFrom, badTo] = random.chance(0.6) ? [0.35, 0.35 + random.next() * 0.3] : [2, 2];
  const samples: Sample[] = [];
  for (let at = from + SAMPLE_SECONDS * 1000; at <= to; at += SAMPLE_SECONDS * 1000) {
    const share = (at - from) / (to - from);
    const isBad = share >= badFrom && share <= badTo;
    const shake = () => 0.85 + random.next() * 0.3;
    const step: CallStep = isBad ? (random.chance(0.3) ? 'voice' : 'still') : isSatellite ? 'small' : 'sharp';
    const bps = { sharp: 640_000, small: 190_000, still: 48_000, voice: 34_000 }[step];
    for (const side of ['station', 'specialist'] as const) {
      const isVillage = side === 'station';
      const rtt = isVillage ? (isSatellite ? 610 : 85) : 18;
      const lost = isVillage ? (isBad ? 5.5 : 0.6) : 0.1;
      const common = {
        requestId,
        userId: isVillage ? station : specialist,
        at: instant(new Date(at)),
        side,
        seconds: SAMPLE_SECONDS,
        sentBps: Math.round((isVillage ? bps : bps * 0.9) * shake()),
        receivedBps: Math.round((isVillage ? bps * 0.9 : bps) * shake()),
        lostPercent: round(lost * shake() * random.next() * 2),
      };
      samples.push({
        ...common,
        origin: 'client',
        rttMs: Math.round(rtt * shake() * (isBad ? 1.6 : 1)),
        concealedPercent: round((isBad ? 4 : 0.4) * random.next()),
        bufferMs: Math.round((isBad ? 160 : 70) * shake()),
        queueMs: Math.round((isBad ? 240 : 15) * random.next()),
        receivedFps: step === 'sharp' ? 15 : step === 'small' ? 8 : 0,
        sentFps: step === 'sharp' ? 15 : step === 'small' ? 8 : 0,
        frozenMs: isBad ? Math.round(900 * random.next()) : 0,
        step,
        why: step === 'sharp' ? null : 'link',
      });
      samples.push({
        ...common,
        origin: 'server',
        rttMs: null,
        concealedPercent: null,
        bufferMs: null,
        queueMs: null,
        receivedFps: null,
        sentFps: null,
        frozenMs: null,
        step: null,
        why: null,
      });
    }
  }
  return samples;
}

function stayOf({ requestId, station, specialist, from, to }: Call, side: 'station' | 'specialist'): Stay {
  const hash = (what: string) => createHash('sha256').update(`${requestId} ${side} ${what}`).digest('hex');
  return {
    peerId: demoId<string>(`stay of ${side} in ${requestId}`, new Date(from)),
    requestId,
    userId: side === 'station' ? station : specialist,
    side,
    sessionHash: hash('session'),
    networkHash: hash('network'),
    joinedAt: instant(new Date(from)),
    seenAt: instant(new Date(to)),
    cuts: 0,
    isOver: true,
  };
}

function intervalsOf(stay: Stay, { from, to }: Call): Interval[] {
  const seconds = Math.max(1, Math.round((to - from) / 1000));
  const span = {
    peerId: stay.peerId,
    requestId: stay.requestId,
    startedAt: stay.joinedAt,
    endedAt: stay.seenAt,
    isOver: true,
  };
  const track = (
    direction: 'from' | 'to',
    kind: 'audio' | 'video',
    packetsASecond: number,
    bytes: number,
  ): Interval => ({
    ...span,
    id: demoId<string>(`${direction} ${kind} of ${stay.peerId}`, new Date(from)),
    direction,
    kind,
    source: kind === 'audio' ? 'microphone' : 'camera',
    packets: seconds * packetsASecond,
    bytes: seconds * packetsASecond * bytes,
  });
  return (['from', 'to'] as const).flatMap((direction) => [
    track(direction, 'audio', 17, 180),
    track(direction, 'video', 24, 900),
  ]);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
