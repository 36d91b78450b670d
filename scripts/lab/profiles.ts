import { SetupError } from '../setup/setup-error.ts';

/** What one direction of a link is like. */
export interface WayProfile {
  /** kbit/s of whole IP packets; 0: no limit */
  readonly rate: number;
  /** Mean one-way delay, ms: half of the profile's RTT. */
  readonly delay: number;
  /** Standard deviation of that delay over time, ms; the order of packets is kept. */
  readonly jitter: number;
  /** Bytes the modem holds before it drops what comes (drop-tail). */
  readonly queue: number;
  /** %, of time when it comes in bursts, of packets when it does not. */
  readonly loss: number;
  /** Mean length of a burst of loss, ms; 0: each packet by itself. */
  readonly burst: number;
}

export interface Profile {
  readonly name: string;
  /** What it stands for, in words. */
  readonly says: string;
  /** From the station to the server. */
  readonly up: WayProfile;
  readonly down: WayProfile;
  /** Both directions lose everything for `ms` every `everyMs`. */
  readonly gap?: { readonly ms: number; readonly everyMs: number };
  /** How long the link is cut once a call runs, seconds. */
  readonly cutSeconds?: number;
  /** The link the station changes to once a call runs, with another address. */
  readonly switchTo?: Profile;
}

interface Shape {
  up: number;
  down: number;
  rtt: number;
  jitter: number;
  queue: number;
  loss?: number;
  burst?: number;
}

function both(shape: Shape): Pick<Profile, 'up' | 'down'> {
  const { rtt, jitter, queue, loss = 0, burst = 0 } = shape;
  const way = (rate: number): WayProfile => ({ rate, delay: rtt / 2, jitter, queue, loss, burst });
  return { up: way(shape.up), down: way(shape.down) };
}

// Where the figures come from: the links of rural stations the product is for, as its design fixes them for every bench. Rates
// are what the subscriber gets, RTT is without the queue. Each direction has half of the RTT and its own weather.

/** A geostationary link of 128/256 kbit/s: two hops through 36,000 km are 480 to 560 ms, the rest is the modem's frame. */
const vsat: Profile = {
  name: 'vsat',
  says: 'geostationary satellite in fair weather',
  ...both({ up: 128, down: 256, rtt: 600, jitter: 10, queue: 24_000, loss: 0.5 }),
};

/** KazSat in rain: a more robust modulation halves the uplink, fades come in fractions of a second. */
const kazsatRain: Profile = {
  name: 'kazsat-rain',
  says: 'geostationary satellite in rain',
  ...both({ up: 64, down: 256, rtt: 700, jitter: 40, queue: 24_000, loss: 3, burst: 200 }),
};

/** The edge of a 3G cell falling back to EDGE. */
const edge: Profile = {
  name: '3g-edge',
  says: 'the edge of a 3G cell',
  ...both({ up: 64, down: 128, rtt: 300, jitter: 60, queue: 12_000, loss: 5, burst: 80 }),
};

/** A long copper line with a modem that buffers two seconds of its uplink (bufferbloat). */
const adsl: Profile = {
  name: 'adsl',
  says: 'a long copper line with a bloated modem',
  ...both({ up: 256, down: 1000, rtt: 60, jitter: 5, queue: 64_000, loss: 0.2 }),
};

/** LTE behind a hill; 80 ms is about the time a handset takes to find the cell again. */
const lossyLte = (loss: number): Profile => ({
  name: `lossy-lte-${loss}`,
  says: `a weak LTE cell, ${loss} % lost in bursts`,
  ...both({ up: 1000, down: 2000, rtt: 120, jitter: 30, queue: 64_000, loss, burst: 80 }),
});

/** A low orbit: fast, but every 15 s the dish changes the satellite. */
const starlink: Profile = {
  name: 'starlink',
  says: 'a low orbit that hands over every 15 s',
  ...both({ up: 5000, down: 20_000, rtt: 50, jitter: 15, queue: 256_000 }),
  gap: { ms: 150, everyMs: 15_000 },
};

/** Not one of the links we serve: what a good day in the city is like, for comparison. */
const good: Profile = {
  name: 'good',
  says: 'fibre in the city',
  ...both({ up: 20_000, down: 50_000, rtt: 10, jitter: 1, queue: 256_000 }),
};

const cut = (cutSeconds: number): Profile => ({
  ...vsat,
  name: `cut-${cutSeconds}`,
  says: `vsat that is gone for ${cutSeconds} s`,
  cutSeconds,
});

/** The copper line fails and the station's router goes over to LTE. */
const switching: Profile = {
  ...adsl,
  name: 'switch',
  says: 'adsl that changes to LTE and so to another address',
  switchTo: lossyLte(10),
};

const ALL: readonly Profile[] = [
  vsat,
  kazsatRain,
  edge,
  adsl,
  lossyLte(10),
  lossyLte(20),
  starlink,
  cut(5),
  cut(15),
  cut(30),
  cut(60),
  switching,
  good,
];

export const profiles: ReadonlyMap<string, Profile> = new Map(ALL.map((profile) => [profile.name, profile]));

/** Throws a SetupError naming those there are. */
export function getProfile(name: string): Profile {
  const profile = profiles.get(name);
  if (!profile) throw new SetupError(`There is no link profile ${name}; there are ${[...profiles.keys()].join(', ')}.`);
  return profile;
}
