import { Link, type LinkStats } from './link.ts';
import { toChange } from './link-words.ts';
import type { Namespace } from './namespace.ts';
import type { Profile } from './profiles.ts';

/** A line from a site to the server. Its index makes its address; `emulated` is undefined where it is a plain cable. */
export interface Line {
  readonly device: string;
  readonly address: string;
  readonly serverAddress: string;
  readonly emulated: Link | undefined;
}

/** Bytes and packets a site's device has sent and received, with their IP headers. */
export interface DeviceCounts {
  readonly up: { readonly bytes: number; readonly packets: number };
  readonly down: { readonly bytes: number; readonly packets: number };
}

export interface SiteOptions {
  readonly index: number;
  readonly namespace: Namespace;
  readonly server: Namespace;
  readonly emulator: string;
  readonly seed: number;
}

/** A place with computers: a namespace with one line to the server at a time. */
export class Site {
  readonly namespace: Namespace;
  readonly #options: SiteOptions;
  readonly #lines: Line[] = [];
  #used: Line | undefined;

  private constructor(options: SiteOptions) {
    this.namespace = options.namespace;
    this.#options = options;
  }

  /** With a line of this profile, or with a cable. */
  static async create(options: SiteOptions, profile: Profile | undefined): Promise<Site> {
    const site = new Site(options);
    site.use(await site.addLine(profile));
    return site;
  }

  /** The line in use. */
  get line(): Line {
    if (!this.#used) throw new Error('The site has no line yet.');
    return this.#used;
  }

  /** The address the site's packets come from. */
  get address(): string {
    return this.line.address;
  }

  /** The emulated link in use. Throws where the line is a cable. */
  get link(): Link {
    if (!this.line.emulated) throw new Error('This site is on a cable, there is no emulated link.');
    return this.line.emulated;
  }

  /** Lays one more line and does not use it yet. */
  async addLine(profile: Profile | undefined): Promise<Line> {
    const { index, namespace, server, emulator, seed } = this.#options;
    const number = this.#lines.length;
    const net = `10.77.${index * 10 + number}`;
    const ends = { here: `line${number}`, there: `site${index}line${number}` };
    let emulated: Link | undefined;
    if (profile) {
      emulated = await Link.create(
        emulator,
        { namespace: namespace.name, device: ends.here },
        { namespace: server.name, device: ends.there },
      );
      await emulated.set(toChange(profile, seed));
    } else {
      namespace.ip(`link add ${ends.here} type veth peer name ${ends.there} netns ${server.name}`);
    }
    const line = { device: ends.here, address: `${net}.2`, serverAddress: `${net}.1`, emulated };
    this.#lines.push(line);
    server.ip(`addr add ${line.serverAddress}/24 dev ${ends.there}`, `link set ${ends.there} up`);
    return line;
  }

  /** From now on everything goes over this line; the one before is down and its address is gone, as when a cable is pulled. */
  use(line: Line): void {
    const before = this.#used;
    if (before === line) return;
    this.#used = line;
    this.namespace.ip(
      ...(before ? [`addr flush dev ${before.device}`, `link set ${before.device} down`] : []),
      `addr add ${line.address}/24 dev ${line.device}`,
      `link set ${line.device} up`,
      `route add default via ${line.serverAddress} dev ${line.device}`,
    );
  }

  /** What the line in use has carried, counted by the kernel. */
  countDevice(): DeviceCounts {
    const output = this.namespace.run('ip', ['-json', '-stats', 'link', 'show', 'dev', this.line.device]);
    const [device] = JSON.parse(output) as [{ stats64: Record<'rx' | 'tx', { bytes: number; packets: number }> }];
    const { rx, tx } = device.stats64;
    return { up: { bytes: tx.bytes, packets: tx.packets }, down: { bytes: rx.bytes, packets: rx.packets } };
  }

  /** See Link; `undefined` on a cable. */
  readStats(): Promise<LinkStats | undefined> {
    return this.line.emulated?.readStats() ?? Promise.resolve(undefined);
  }

  async close(): Promise<void> {
    await Promise.all(this.#lines.map((line) => line.emulated?.close()));
    this.namespace.close();
  }
}
