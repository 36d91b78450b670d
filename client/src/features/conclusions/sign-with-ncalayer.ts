import { ProblemError } from '../../lib/problem-error.ts';

/**
 * A detached CMS (base64) over the manifest, by the signer's own key: NCALayer on this computer asks for it. Throws ProblemError
 * `signature.unavailable` when NCALayer does not run, or was closed without a signature.
 */
export async function signWithNcaLayer(manifest: string): Promise<string> {
  try {
    const { NCALayerClient } = await import('ncalayer-js-client');
    const client = new NCALayerClient();
    await client.connect();
    const bytes = new TextEncoder().encode(manifest);
    const data = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    const signed = await client.basicsSignCMS(
      NCALayerClient.basicsStorageAll,
      data,
      NCALayerClient.basicsCMSParamsDetached,
      NCALayerClient.basicsSignerSignAny,
    );
    const cms = Array.isArray(signed) ? signed[0] : signed;
    if (cms === undefined) throw new Error('NCALayer gave nothing');
    return cms.replace(/-----[A-Z ]+-----|\s+/g, '');
  } catch (error) {
    throw ProblemError.local('signature.unavailable', error);
  }
}
