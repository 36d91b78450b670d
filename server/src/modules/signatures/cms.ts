import { createHash, createPublicKey, verify as verifyBytes } from 'node:crypto';
import * as asn1 from 'asn1js';
import { ContentInfo, IssuerAndSerialNumber, SignedData, Certificate as X509 } from 'pkijs';

/**
 * CMS as this house writes it (RFC 5652, CAdES-BES attributes of RFC 5126): one signer, SHA-256, ECDSA on P-256, the signer's
 * certificate inside. `encodeCms` is a function of its parts alone, and reading demands that encoding the parts again gives the
 * same bytes. So not one bit of a signature is outside of what is checked, also where CMS leaves bits unprotected.
 */

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  data: '1.2.840.113549.1.7.1',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
} as const;

export type ContentKind = 'data' | 'timeStampInfo';

export interface CmsParts {
  readonly kind: ContentKind;
  /** DER of the signer's certificate. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly signingTime: Date;
  /** DER of Ecdsa-Sig-Value. */
  readonly signature: Uint8Array<ArrayBuffer>;
  /** DER of an RFC 3161 token over `signature`. */
  readonly timeStampToken?: Uint8Array<ArrayBuffer> | undefined;
}

export function sha256(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

/** The signed attributes over `content`, DER of the SET: what the key signs. Whole seconds: more is not encoded. */
export function encodeSignedAttributes(
  parts: Omit<CmsParts, 'signature'>,
  content: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  return der(new asn1.Set({ value: signedAttributes(parts, content) }));
}

/** The whole ContentInfo. A time stamp's content is inside, a document's is not (detached). */
export function encodeCms(parts: CmsParts, content: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const certificate = X509.fromBER(parts.certificate);
  const signerInfo = new asn1.Sequence({
    value: [
      new asn1.Integer({ value: 1 }),
      new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }).toSchema(),
      algorithm(OID.sha256),
      tagged(0, signedAttributes(parts, content)),
      algorithm(OID.ecdsaWithSha256),
      octets(parts.signature),
      ...(parts.timeStampToken === undefined
        ? []
        : [tagged(1, [attribute(OID.timeStampToken, parsed(parts.timeStampToken))])]),
    ],
  });
  const encapsulated =
    parts.kind === 'data'
      ? [new asn1.ObjectIdentifier({ value: OID.data })]
      : [new asn1.ObjectIdentifier({ value: OID[parts.kind] }), tagged(0, [octets(content)])];
  const signedData = new asn1.Sequence({
    value: [
      new asn1.Integer({ value: parts.kind === 'data' ? 1 : 3 }),
      new asn1.Set({ value: [algorithm(OID.sha256)] }),
      new asn1.Sequence({ value: encapsulated }),
      tagged(0, [parsed(parts.certificate)]),
      new asn1.Set({ value: [signerInfo] }),
    ],
  });
  return der(
    new asn1.Sequence({
      value: [new asn1.ObjectIdentifier({ value: OID.signedData }), tagged(0, [signedData])],
    }),
  );
}

/** What the bytes say, still unchecked; the content too, where it is inside. Throws for what is no CMS of one signer. */
export function readCms(cms: Uint8Array<ArrayBuffer>): {
  parts: CmsParts;
  content: Uint8Array<ArrayBuffer> | undefined;
} {
  const info = ContentInfo.fromBER(cms);
  const signedData = new SignedData({ schema: info.content });
  const [signer, ...others] = signedData.signerInfos;
  const [certificate] = signedData.certificates ?? [];
  if (signer === undefined || others.length > 0 || !(certificate instanceof X509))
    throw new TypeError('Not one signer');
  const signingTime = signer.signedAttrs?.attributes.find(({ type }) => type === OID.signingTime)?.values[0];
  const token = signer.unsignedAttrs?.attributes.find(({ type }) => type === OID.timeStampToken)?.values[0];
  const inside = signedData.encapContentInfo.eContent;
  return {
    parts: {
      kind: signedData.encapContentInfo.eContentType === OID.timeStampInfo ? 'timeStampInfo' : 'data',
      certificate: der(certificate.toSchema()),
      signingTime: (signingTime as asn1.UTCTime).toDate(),
      signature: new Uint8Array(signer.signature.valueBlock.valueHexView),
      ...(token !== undefined && { timeStampToken: der(token as asn1.BaseBlock) }),
    },
    content: inside === undefined ? undefined : new Uint8Array(inside.getValue()),
  };
}

/**
 * Whether `cms` says what it can only say about `content`, and the key of its certificate signed it. Who that certificate belongs to
 * is asked elsewhere.
 */
export function checkCms(
  cms: Uint8Array<ArrayBuffer>,
  parts: CmsParts,
  content: Uint8Array<ArrayBuffer>,
): 'right' | 'other_bytes' | 'signature_wrong' {
  if (!Buffer.from(encodeCms(parts, content)).equals(cms)) return 'other_bytes';
  const key = createPublicKey({ key: publicKeyOf(parts.certificate), format: 'der', type: 'spki' });
  // OpenSSL takes only the one DER form of a signature value.
  const isRight = verifyBytes(
    'sha256',
    encodeSignedAttributes(parts, content),
    { key, dsaEncoding: 'der' },
    parts.signature,
  );
  return isRight ? 'right' : 'signature_wrong';
}

function publicKeyOf(certificate: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(der(X509.fromBER(certificate).subjectPublicKeyInfo.toSchema()));
}

function signedAttributes(parts: Omit<CmsParts, 'signature'>, content: Uint8Array<ArrayBuffer>): asn1.BaseBlock[] {
  const essCertId = new asn1.Sequence({ value: [octets(sha256(parts.certificate))] });
  const attributes = [
    attribute(OID.contentType, new asn1.ObjectIdentifier({ value: OID[parts.kind] })),
    attribute(OID.signingTime, new asn1.UTCTime({ valueDate: parts.signingTime })),
    attribute(OID.messageDigest, octets(sha256(content))),
    attribute(OID.signingCertificateV2, new asn1.Sequence({ value: [new asn1.Sequence({ value: [essCertId] })] })),
  ];
  // DER sorts the members of a SET OF by their encoding.
  return attributes
    .map((one) => ({ one, bytes: Buffer.from(der(one)) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ one }) => one);
}

function attribute(type: string, value: asn1.BaseBlock): asn1.Sequence {
  return new asn1.Sequence({
    value: [new asn1.ObjectIdentifier({ value: type }), new asn1.Set({ value: [value] })],
  });
}

export function algorithm(id: string): asn1.Sequence {
  return new asn1.Sequence({ value: [new asn1.ObjectIdentifier({ value: id })] });
}

export function octets(bytes: Uint8Array<ArrayBuffer>): asn1.OctetString {
  return new asn1.OctetString({ valueHex: new Uint8Array(bytes).buffer });
}

function tagged(number: number, value: asn1.BaseBlock[]): asn1.Constructed {
  return new asn1.Constructed({ idBlock: { tagClass: 3, tagNumber: number }, value });
}

function parsed(bytes: Uint8Array<ArrayBuffer>): asn1.BaseBlock {
  const { offset, result } = asn1.fromBER(bytes);
  if (offset !== bytes.byteLength) throw new TypeError('Not one DER value');
  return result;
}

export function der(block: { toBER(): ArrayBuffer }): Uint8Array<ArrayBuffer> {
  return new Uint8Array(block.toBER());
}
