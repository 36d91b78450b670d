import { requirePackages } from '../setup/system-packages.ts';
import type { Namespace } from './namespace.ts';

/** What a network's owner does not let out, by nftables in the namespace of a site. */
export class Firewall {
  readonly #namespace: Namespace;

  private constructor(namespace: Namespace) {
    this.#namespace = namespace;
  }

  /** Everything gets out until `block`. Throws a SetupError where nftables is missing and may not be installed. */
  static async create(namespace: Namespace): Promise<Firewall> {
    await requirePackages([['nftables']], { note: () => undefined, progress: () => undefined });
    namespace.run('nft', ['add table inet closed; add chain inet closed out { type filter hook output priority 0; }']);
    return new Firewall(namespace);
  }

  /** From now on these and nothing else: matches of nft, for example `meta l4proto udp`, without a word to the sender. */
  block(matches: readonly string[]): void {
    const rules = matches.map((match) => `add rule inet closed out ${match} drop`);
    this.#namespace.run('nft', [['flush chain inet closed out', ...rules].join('; ')]);
  }
}
