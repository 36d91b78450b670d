/**
 * What lies in this device's drafts is sealed: AES-GCM by a key of the signed-in user that the browser keeps and no script can read
 * out. The key goes with the sign-out, so that what a disk still holds of the drafts after that says nothing. Each seal is bound to
 * its place: one draft cannot be put where another was.
 */
const ALGORITHM = { name: 'AES-GCM', length: 256 } as const;
/** Bytes that never repeat for one key, as AES-GCM wants them. */
const IV_BYTES = 12;

/** Where something lies, so that it opens nowhere else. */
interface SealPlace {
  readonly owner: string;
  readonly key: string;
}

interface SealedBytes {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

/** The words of a value, and the files in it, each by itself. */
export interface Sealed {
  readonly words: SealedBytes;
  readonly files: readonly SealedBytes[];
}

export function createSealKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey(ALGORITHM, false, ['encrypt', 'decrypt']);
}

/** Of anything JSON can say, with Blobs in it. */
export async function seal(cryptoKey: CryptoKey, place: SealPlace, value: unknown): Promise<Sealed> {
  const blobs: Blob[] = [];
  const words = JSON.stringify({ value }, (_key, part: unknown) =>
    part instanceof Blob ? { $file: blobs.push(part) - 1, type: part.type } : part,
  );
  return {
    words: await close(cryptoKey, bound(place, 'words'), new TextEncoder().encode(words)),
    files: await Promise.all(
      blobs.map(async (blob, index) => close(cryptoKey, bound(place, index), await blob.arrayBuffer())),
    ),
  };
}

/** Undefined where this key or this place is not the one it was sealed by and for, or a bit of it is another. */
export async function unseal(
  cryptoKey: CryptoKey,
  place: SealPlace,
  sealed: Sealed,
): Promise<{ readonly value: unknown } | undefined> {
  try {
    const words = await open(cryptoKey, bound(place, 'words'), sealed.words);
    const files = await Promise.all(sealed.files.map((file, index) => open(cryptoKey, bound(place, index), file)));
    return JSON.parse(new TextDecoder().decode(words), (_key, part: unknown) => {
      const file = isFile(part) ? files[part.$file] : undefined;
      return file === undefined ? part : new Blob([file], { type: (part as { type: string }).type });
    }) as { value: unknown };
  } catch {
    return undefined;
  }
}

function isFile(part: unknown): part is { $file: number; type: string } {
  return typeof part === 'object' && part !== null && '$file' in part && 'type' in part;
}

function bound({ owner, key }: SealPlace, part: string | number): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify([owner, key, part]));
}

async function close(cryptoKey: CryptoKey, additionalData: BufferSource, plain: BufferSource): Promise<SealedBytes> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  return { iv, bytes: await crypto.subtle.encrypt({ name: ALGORITHM.name, iv, additionalData }, cryptoKey, plain) };
}

function open(cryptoKey: CryptoKey, additionalData: BufferSource, { iv, bytes }: SealedBytes): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt({ name: ALGORITHM.name, iv, additionalData }, cryptoKey, bytes);
}
