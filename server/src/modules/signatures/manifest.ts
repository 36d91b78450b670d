import { createHash } from 'node:crypto';
import { canonicalize } from '../../kernel/canonical-json.ts';

export interface SignedParts {
  /** Canonical JSON of the document. */
  readonly canonical: string;
  readonly pdf: { readonly kk: Uint8Array; readonly ru: Uint8Array };
  /** Canonical JSON of what the media server measured; left out where nobody measures. */
  readonly evidence?: string | undefined;
  /** Human number of the request. */
  readonly number: string;
  readonly edition: number;
}

export interface Manifest {
  /** The exact text that is signed, UTF-8. */
  readonly text: string;
  readonly sha256: string;
  readonly hashes: { readonly document: string; readonly pdfKk: string; readonly pdfRu: string };
}

/** Binds the data and both readings of it together: whoever changes one of the three has no signature any more. */
export function buildManifest({ canonical, pdf, evidence, number, edition }: SignedParts): Manifest {
  const document = Buffer.from(canonical, 'utf8');
  const text = canonicalize({
    schema: 'jaqyn.signed/1',
    number,
    edition,
    parts: [
      part('conclusion.json', 'application/json', document),
      part('conclusion.kk.pdf', 'application/pdf', pdf.kk),
      part('conclusion.ru.pdf', 'application/pdf', pdf.ru),
      ...(evidence === undefined ? [] : [part('evidence.json', 'application/json', Buffer.from(evidence, 'utf8'))]),
    ],
  });
  return {
    text,
    sha256: hashOf(Buffer.from(text, 'utf8')),
    hashes: { document: hashOf(document), pdfKk: hashOf(pdf.kk), pdfRu: hashOf(pdf.ru) },
  };
}

function part(name: string, mediaType: string, bytes: Uint8Array) {
  return { name, mediaType, length: bytes.byteLength, sha256: hashOf(bytes) };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whether these are the very bytes that the manifest speaks of: all of them and no others. */
export function isManifestOf(text: string, parts: SignedParts): boolean {
  return buildManifest(parts).text === text;
}
