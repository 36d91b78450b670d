import type { Language } from '@jaqyn/shared/auth/auth.contract';
import type { NCALayerClient as Client } from 'ncalayer-js-client';
import { ProblemError } from '../../lib/problem-error.ts';

/**
 * A detached CMS (base64) over each manifest, by the signer's own key: NCALayer on this computer asks for it once and signs them all.
 * Throws ProblemError `ncalayer.not_running`, `ncalayer.cancelled` when its window was closed without a signature, and
 * `ncalayer.failed` with NCALayer's own words as the cause. All or none: one that is missing is a failure of all.
 */
export async function signWithNcaLayer(manifests: readonly string[], language: Language): Promise<string[]> {
  const { NCALayerClient } = await import('ncalayer-js-client');
  // Without the other program's HTTP interface, which the page may not talk to.
  const client = new NCALayerClient('wss://127.0.0.1:13579', false);
  try {
    await client.connect();
  } catch (error) {
    throw ProblemError.local('ncalayer.not_running', error);
  }
  try {
    const signed = await client.basicsSignCMS(
      NCALayerClient.basicsStorageAll,
      manifests.map(toBase64),
      NCALayerClient.basicsCMSParamsDetached,
      NCALayerClient.basicsSignerSignAny,
      language,
    );
    return readSignatures(signed, manifests.length);
  } catch (error) {
    const isCancelled = (error as { canceledByUser?: unknown } | undefined)?.canceledByUser === true;
    throw ProblemError.local(isCancelled ? 'ncalayer.cancelled' : 'ncalayer.failed', error);
  } finally {
    closeQuietly(client);
  }
}

function toBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

/** One document may be answered without a list; PEM armour and line breaks differ from version to version. */
function readSignatures(signed: unknown, count: number): string[] {
  const list: readonly unknown[] = Array.isArray(signed) ? signed : [signed];
  const bodies = list.flatMap((one) =>
    typeof one === 'string' && one !== '' ? [one.replace(/-----[A-Z ]+-----|\s+/g, '')] : [],
  );
  if (bodies.length !== count) throw new TypeError(`NCALayer signed ${bodies.length} of ${count}`);
  return bodies;
}

function closeQuietly(client: Client): void {
  client.wsConnection?.close();
}
