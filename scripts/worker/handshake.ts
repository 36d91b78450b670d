/**
 * Child process of `verify.ts`: holds two real calls with the worker that MEDIASOUP_WORKER_BIN names. A peer
 * with a WebRTC stack of its own (libdatachannel) sends audio and hears it back through ICE, DTLS and SRTP.
 * Prints one JSON line, {@link HandshakeResult}.
 */
import * as mediasoup from 'mediasoup';
import type { Consumer, DtlsRole, RouterRtpCodecCapability, WebRtcTransport, Worker } from 'mediasoup/types';
import datachannel, { type PeerConnection, type Track } from 'node-datachannel';

export type HandshakeResult = { ok: true; version: string; packets: number } | { ok: false; reason: string };

/** Packets that must come back in each call before it counts. */
const PACKETS = 10;
/** One Opus frame lasts 20 ms, 960 samples at 48 kHz. */
const FRAME_MS = 20;
const FRAME_SAMPLES = 960;
const SSRC = 0x6a617179;
const PAYLOAD_TYPE = 100;
const MID = '0';

const OPUS: RouterRtpCodecCapability = {
  kind: 'audio',
  mimeType: 'audio/opus',
  preferredPayloadType: PAYLOAD_TYPE,
  clockRate: 48_000,
  channels: 2,
};

async function main(): Promise<HandshakeResult> {
  const worker = await mediasoup.createWorker({ logLevel: 'warn' });
  const died = new Promise<never>((_resolve, reject) => {
    worker.once('died', (error) => reject(new Error(`it died in the DTLS handshake ${error.message}`)));
  });
  let packets = 0;
  // As server is how browsers connect; as client the worker takes the other path through libssl.
  for (const role of ['server', 'client'] as const) {
    packets += await Promise.race([holdCall(worker, role), died]);
  }
  worker.close();
  return { ok: true, version: mediasoup.version, packets };
}

/** Answers how many packets came back to the peer. */
async function holdCall(worker: Worker, workerRole: DtlsRole): Promise<number> {
  const router = await worker.createRouter({ mediaCodecs: [OPUS] });
  const transport = await router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
  const producer = await transport.produce({
    kind: 'audio',
    rtpParameters: {
      mid: MID,
      codecs: [{ mimeType: OPUS.mimeType, payloadType: PAYLOAD_TYPE, clockRate: OPUS.clockRate, channels: 2 }],
      encodings: [{ ssrc: SSRC }],
    },
  });
  const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });

  const peer = new datachannel.PeerConnection('peer', { iceServers: [], bindAddress: '127.0.0.1' });
  const audio = new datachannel.Audio(MID, 'SendRecv');
  audio.addOpusCodec(PAYLOAD_TYPE);
  audio.addSSRC(SSRC, 'peer');
  const track = peer.addTrack(audio);
  await transport.connect({
    dtlsParameters: {
      role: workerRole === 'server' ? 'client' : 'server',
      fingerprints: [{ algorithm: 'sha-256', value: fingerprintOf(await createOffer(peer)) }],
    },
  });
  peer.setRemoteDescription(answerOf(transport, consumer, workerRole), 'answer');

  const refused = new Promise<never>((_resolve, reject) => {
    const fail = (): void => reject(new Error(`the DTLS handshake failed with the worker as ${workerRole}`));
    transport.on('dtlsstatechange', (state) => state === 'failed' && fail());
    peer.onStateChange((state) => state === 'failed' && fail());
  });
  const packets = await Promise.race([echo(track), refused]);
  const counted = (await producer.getStats()).reduce((sum, stats) => sum + stats.packetCount, 0);
  if (transport.dtlsState !== 'connected' || counted < PACKETS) {
    throw new Error(`DTLS is ${transport.dtlsState} and the worker counted ${counted} packets`);
  }
  peer.close();
  router.close();
  return packets;
}

function createOffer(peer: PeerConnection): Promise<string> {
  return new Promise((resolve) => {
    peer.onLocalDescription((sdp) => resolve(sdp));
    peer.setLocalDescription('offer');
  });
}

function fingerprintOf(sdp: string): string {
  const fingerprint = /^a=fingerprint:sha-256 (\S+)/im.exec(sdp)?.[1];
  if (!fingerprint) throw new Error('the peer offered no SHA-256 fingerprint');
  return fingerprint;
}

function answerOf(transport: WebRtcTransport, consumer: Consumer, workerRole: DtlsRole): string {
  const { iceParameters, iceCandidates, dtlsParameters } = transport;
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  const candidate = iceCandidates[0];
  const ssrc = consumer.rtpParameters.encodings?.[0]?.ssrc;
  if (!fingerprint || !candidate || !ssrc) throw new Error('the worker answered an incomplete transport');
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${MID}`,
    `m=audio 9 UDP/TLS/RTP/SAVPF ${PAYLOAD_TYPE}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${MID}`,
    'a=sendrecv',
    'a=rtcp-mux',
    `a=rtpmap:${PAYLOAD_TYPE} opus/48000/2`,
    `a=ssrc:${ssrc} cname:worker`,
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint.value}`,
    `a=setup:${workerRole === 'server' ? 'passive' : 'active'}`,
    `a=candidate:1 1 udp 1 ${candidate.address} ${candidate.port} typ host`,
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}

/** Sends a frame every 20 ms once the track is open, until enough came back. */
function echo(track: Track): Promise<number> {
  return new Promise((resolve, reject) => {
    let sequence = 0;
    let received = 0;
    track.onError((error) => reject(new Error(error)));
    track.onMessage((packet) => {
      // RTCP comes the same way; its packet types 200 to 206 stand where RTP has marker and payload type.
      if ((packet[1] ?? 0) % 128 !== PAYLOAD_TYPE) return;
      received += 1;
      if (received < PACKETS) return;
      clearInterval(timer);
      resolve(received);
    });
    const timer = setInterval(() => {
      if (!track.isOpen()) return;
      track.sendMessageBinary(rtpPacket(sequence));
      sequence += 1;
    }, FRAME_MS);
  });
}

/** An RTP packet with an Opus frame of silence. */
function rtpPacket(sequence: number): Buffer {
  const packet = Buffer.alloc(12 + 3);
  packet[0] = 0x80;
  packet[1] = PAYLOAD_TYPE;
  packet.writeUInt16BE(sequence % 0x1_0000, 2);
  packet.writeUInt32BE((sequence * FRAME_SAMPLES) % 0x1_0000_0000, 4);
  packet.writeUInt32BE(SSRC, 8);
  packet.set([0xf8, 0xff, 0xfe], 12);
  return packet;
}

let result: HandshakeResult;
try {
  result = await main();
} catch (error) {
  result = { ok: false, reason: error instanceof Error ? error.message : String(error) };
}
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(result.ok ? 0 : 1));
