/**
 * A page that sends and receives through a bare media server, for what forwarding costs: the same camera, codecs and bit rates for
 * each server, without anything of the product around them. What it says that it can receive from ours is what a call says.
 */
import { MEDIA_PROFILES } from '@jaqyn/shared/media/media-profile';
import { Device, type types } from 'mediasoup-client';
import { receivable } from '../../src/features/room/room-client-media.ts';

type Kind = 'audio' | 'video';

/** What the page asks of our side, by `postTo`. */
interface Ours {
  readonly capabilities: types.RtpCapabilities;
  readonly transport: types.TransportOptions;
  readonly produced: { readonly id: string };
  readonly consumed: readonly types.ConsumerOptions[];
}

export interface SfuPage {
  /** Sends through ours; resolves when it does. */
  sendToOurs(room: string, side: string): Promise<void>;
  /** Receives what the other side sends, and as often more unseen: only the first is counted. */
  receiveFromOurs(room: string, side: string, unseen: number): Promise<void>;
  offerToJanus(): Promise<string>;
  acceptFromJanus(answer: string): Promise<void>;
  answerJanus(offer: string): Promise<string>;
  /** RTP packets that arrived so far, sound and picture. */
  received(): Promise<number>;
}

declare global {
  interface Window {
    sfu: SfuPage;
  }
}

/** What a good consult sends: a picture of 640×360 at 20 a second, and sound in packets of 20 ms, which is what both servers get by default. */
const VIDEO = { width: 640, height: 360, frameRate: 20 };
const VIDEO_BPS = 600_000;

const counted: { getStats(): Promise<RTCStatsReport> }[] = [];
let device: Device | undefined;
let janusSender: RTCPeerConnection | undefined;

async function postTo<Name extends keyof Ours>(name: Name, body: object): Promise<Ours[Name]> {
  const response = await fetch(`/ours/${name}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
  return (await response.json()) as Ours[Name];
}

async function openDevices(): Promise<readonly (readonly [Kind, MediaStreamTrack])[]> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: VIDEO });
  return stream.getTracks().map((track) => [track.kind as Kind, track] as const);
}

async function loadDevice(room: string): Promise<Device> {
  if (device !== undefined) return device;
  device = new Device();
  await device.load({ routerRtpCapabilities: await postTo('capabilities', { room }) });
  return device;
}

function complete(connection: RTCPeerConnection): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      if (connection.iceGatheringState === 'complete') resolve(connection.localDescription?.sdp ?? '');
    };
    connection.addEventListener('icegatheringstatechange', look);
    look();
  });
}

/** Without what only one of the servers knows, so that both forward the same packets. */
function plainAudio(loaded: Device): types.RtpCodecCapability | undefined {
  return loaded.recvRtpCapabilities.codecs?.find(({ mimeType }) => mimeType.toLowerCase() === 'audio/opus');
}

function vp8(loaded: Device): types.RtpCodecCapability | undefined {
  return loaded.recvRtpCapabilities.codecs?.find(({ mimeType }) => mimeType.toLowerCase() === 'video/vp8');
}

window.sfu = {
  async sendToOurs(room, side) {
    const loaded = await loadDevice(room);
    const transport = loaded.createSendTransport(await postTo('transport', { room, side, direction: 'send' }));
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      postTo('transport', { room, side, connect: transport.id, dtlsParameters }).then(done, failed);
    });
    transport.on('produce', ({ kind, rtpParameters }, done, failed) => {
      postTo('produced', { room, side, transportId: transport.id, kind, rtpParameters }).then(done, failed);
    });
    for (const [kind, track] of await openDevices()) {
      const codec = kind === 'audio' ? plainAudio(loaded) : vp8(loaded);
      await transport.produce({
        track,
        ...(codec !== undefined && { codec }),
        ...(kind === 'video' && { encodings: [{ maxBitrate: VIDEO_BPS }] }),
      });
    }
  },

  async receiveFromOurs(room, side, unseen) {
    const loaded = await loadDevice(room);
    for (let n = 0; n <= unseen; n += 1) {
      const transport = loaded.createRecvTransport(await postTo('transport', { room, side, direction: 'recv' }));
      transport.on('connect', ({ dtlsParameters }, done, failed) => {
        postTo('transport', { room, side, connect: transport.id, dtlsParameters }).then(done, failed);
      });
      const recvRtpCapabilities = receivable(loaded.recvRtpCapabilities, MEDIA_PROFILES.fitted);
      for (const options of await postTo('consumed', { room, side, transportId: transport.id, recvRtpCapabilities })) {
        await transport.consume(options);
      }
      if (n === 0) counted.push(transport);
    }
  },

  async offerToJanus() {
    const connection = new RTCPeerConnection();
    janusSender = connection;
    for (const [kind, track] of await openDevices()) {
      const sendEncodings = kind === 'video' ? [{ maxBitrate: VIDEO_BPS }] : [];
      connection.addTransceiver(track, { direction: 'sendonly', sendEncodings });
    }
    await connection.setLocalDescription();
    return complete(connection);
  },

  async acceptFromJanus(sdp) {
    await janusSender?.setRemoteDescription({ type: 'answer', sdp });
  },

  async answerJanus(sdp) {
    const connection = new RTCPeerConnection();
    counted.push(connection);
    await connection.setRemoteDescription({ type: 'offer', sdp });
    await connection.setLocalDescription();
    return complete(connection);
  },

  async received() {
    let packets = 0;
    for (const source of counted) {
      for (const report of (await source.getStats()).values()) {
        if (report.type === 'inbound-rtp') packets += report.packetsReceived ?? 0;
      }
    }
    return packets;
  },
};
