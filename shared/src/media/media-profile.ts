/**
 * Every knob of how a room's media are set up and carried, in one object, so that two whole sets can be compared on one link with
 * one server. `fitted` is the product. `stock` is what a mediasoup application gets that takes the defaults of mediasoup-demo; it
 * exists for the benches, is chosen by the server's environment only, and no request of a client can ask for it.
 */

export const MEDIA_PROFILE_NAMES = ['fitted', 'stock'] as const;
export type MediaProfileName = (typeof MEDIA_PROFILE_NAMES)[number];

/** One layer of a picture: at most `maxBps`, each side divided by `divideBy`. */
export interface PictureLayer {
  readonly maxBps: number;
  readonly divideBy: number;
}

export interface MediaProfile {
  readonly name: MediaProfileName;
  readonly join: {
    /** The browser goes on before the server has answered `transport:connect` and `producer:create`. */
    readonly isAhead: boolean;
    /** The server starts the encryption of what it receives: one round trip less. */
    readonly isServerDtlsClient: boolean;
    /** Round trips before the join that one answer makes unnecessary (one for each transport, capabilities each time). */
    readonly extraRoundTrips: number;
    /** Both ways are connected before there is anybody to talk to, and sound flows before its receiver has asked for it. */
    readonly isWarm: boolean;
  };
  readonly recovery: {
    /** Seconds without an answer after which the server calls a client gone. */
    readonly iceConsentSeconds: number;
    /**
     * Of the way down, after which it forgets by which way it sent. Then it sends by the first one that it hears of; before, only by
     * one that the browser has chosen and says so again, which takes it up to 2.5 s.
     */
    readonly downConsentSeconds: number;
    /** A lost path gets an ICE restart; a lost socket keeps the media. */
    readonly isAutomatic: boolean;
  };
  readonly estimate: {
    /** The server's first guess of what a client can receive, bit/s. */
    readonly initialBps: number;
    /** The sender's, bit/s. */
    readonly senderInitialBps: number;
    /** Senders are fitted to the thinnest receiver; without it they are told this limit once, bit/s. */
    readonly isFitted: boolean;
    readonly unfittedLimitBps: number;
    /**
     * How much of a picture the server is told to expect from a sender that fits itself, bit/s. It probes the receiver's link up to it,
     * with padding that on a thin link is in the way.
     */
    readonly declaredBps: number | undefined;
    /**
     * Receivers tell the server how each packet of a picture arrived (transport-wide congestion control): 12 kbit/s of a thin way up. Else they tell it what they
     * make of it, once a second (REMB).
     */
    readonly isOfEveryPacket: boolean;
  };
  readonly camera: {
    readonly width: number;
    readonly height: number;
    readonly fps: number;
    readonly layers: readonly [PictureLayer, ...PictureLayer[]];
  };
  readonly voice: {
    /** Bit/s of Opus and ms of sound a packet to begin with; undefined leaves them to the browser. */
    readonly opusBps: number | undefined;
    readonly ptimeMs: number | undefined;
    readonly isStereo: boolean;
    readonly hasFec: boolean;
    readonly hasDtx: boolean;
    /** Transport-wide sequence numbers: the browser then pads voice with probes. */
    readonly hasProbing: boolean;
    /** Redundancy (RFC 2198) where every browser in the room can. */
    readonly isRedundant: boolean;
  };
}

const fitted: MediaProfile = {
  name: 'fitted',
  join: { isAhead: true, isServerDtlsClient: true, extraRoundTrips: 0, isWarm: true },
  // 60 lets cuts up to 15 s heal by themselves and longer ones by an ICE restart on the same transport.
  // The way down: longer than the cuts that heal by themselves (then the way before goes on in the moment the link is back).
  recovery: { iceConsentSeconds: 60, downConsentSeconds: 20, isAutomatic: true },
  // The usual 600k fills the queue of a 128k link before the first measurement (0 fps, 1 s of delay).
  estimate: {
    initialBps: 100_000,
    senderInitialBps: 50_000,
    isFitted: true,
    unfittedLimitBps: 0,
    declaredBps: 60_000,
    isOfEveryPacket: false,
  },
  // 640×480 at 15 is what a link of these parts carries at best and an old PC encodes in an eighth of a core. 700 kbit/s is what it
  // needs; it is also how high the server probes, so it is not more.
  camera: { width: 640, height: 480, fps: 15, layers: [{ maxBps: 700_000, divideBy: 1 }] },
  voice: {
    opusBps: 24_000,
    ptimeMs: 60,
    isStereo: false,
    hasFec: true,
    hasDtx: false,
    hasProbing: false,
    isRedundant: true,
  },
};

/**
 * mediasoup-demo 3.x: `config.example.mjs` (first estimate 1 Mbit/s, 1.5 Mbit/s to be sent at most, consent 30 s) and its page
 * (camera `hd`, VP8 simulcast of 0.5, 1 and 5 Mbit/s, start at 1 Mbit/s, stereo Opus with FEC and DTX, a request and its answer
 * for each step). Its frame rate is set to ours, so that a busy machine is not what is compared.
 */
const stock: MediaProfile = {
  name: 'stock',
  join: { isAhead: false, isServerDtlsClient: false, extraRoundTrips: 2, isWarm: false },
  recovery: { iceConsentSeconds: 30, downConsentSeconds: 30, isAutomatic: false },
  estimate: {
    initialBps: 1_000_000,
    senderInitialBps: 1_000_000,
    isFitted: false,
    unfittedLimitBps: 1_500_000,
    declaredBps: undefined,
    isOfEveryPacket: true,
  },
  camera: {
    width: 1280,
    height: 720,
    fps: 15,
    layers: [
      { maxBps: 500_000, divideBy: 4 },
      { maxBps: 1_000_000, divideBy: 2 },
      { maxBps: 5_000_000, divideBy: 1 },
    ],
  },
  voice: {
    opusBps: undefined,
    ptimeMs: undefined,
    isStereo: true,
    hasFec: true,
    hasDtx: true,
    hasProbing: true,
    isRedundant: false,
  },
};

export const MEDIA_PROFILES: Readonly<Record<MediaProfileName, MediaProfile>> = { fitted, stock };
