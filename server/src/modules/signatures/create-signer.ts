import type { Store } from '../../db/store.ts';
import type { Clock } from '../../kernel/clock.ts';
import { KeyFiles } from './key-files.ts';
import { LocalSigner } from './local-signer.ts';
import { NcaNodeSigner } from './ncanode-signer.ts';
import { StoredCertificates, StoredOwners } from './signature.service.ts';
import type { Signer } from './signer.ts';

export type SigningConfig =
  | { readonly method: 'local'; readonly folder: string; readonly passphrase: string | undefined }
  | { readonly method: 'ncalayer'; readonly ncaNodeUrl: string };

/** The signer that the configuration names. */
export async function createSigner(
  config: SigningConfig,
  { store, clock }: { store: Store; clock: Clock },
): Promise<{ signer: Signer; authorityPem: string | null }> {
  switch (config.method) {
    case 'local': {
      const files = KeyFiles.create(config);
      const signer = await LocalSigner.create({
        files,
        register: new StoredCertificates(store, clock),
        now: clock.now(),
      });
      return { signer, authorityPem: signer.authorityPem };
    }
    case 'ncalayer':
      return {
        signer: new NcaNodeSigner({ url: config.ncaNodeUrl, owners: new StoredOwners(store, clock) }),
        authorityPem: null,
      };
  }
}
