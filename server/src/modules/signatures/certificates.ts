import { randomBytes } from 'node:crypto';
import * as asn1 from 'asn1js';
import { BasicConstraints, Certificate, Extension, ExtKeyUsage, RelativeDistinguishedNames } from 'pkijs';
import { der } from './cms.ts';

export interface CertificateSubject {
  readonly commonName: string;
  readonly organization?: string | undefined;
  /** Which practitioner: names repeat, this does not. */
  readonly serialNumber?: string | undefined;
}

export type CertificateUse = 'authority' | 'time_stamp' | 'signature';

interface CertificatePlan {
  readonly use: CertificateUse;
  readonly subject: CertificateSubject;
  readonly publicKey: CryptoKey;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Null: signs itself. */
  readonly issuer: { readonly certificate: Uint8Array<ArrayBuffer>; readonly privateKey: CryptoKey } | null;
  readonly ownKey?: CryptoKey;
}

const NAME = { commonName: '2.5.4.3', organization: '2.5.4.10', serialNumber: '2.5.4.5' } as const;
const EXTENSION = { basicConstraints: '2.5.29.19', keyUsage: '2.5.29.15', extendedKeyUsage: '2.5.29.37' } as const;
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
// Bits from the left: digitalSignature 0, nonRepudiation 1, keyCertSign 5, cRLSign 6.
const KEY_USAGE: Readonly<Record<CertificateUse, { byte: number; unused: number }>> = {
  authority: { byte: 0b0000_0110, unused: 1 },
  time_stamp: { byte: 0b1000_0000, unused: 7 },
  signature: { byte: 0b1100_0000, unused: 6 },
};

/** X.509 version 3, ECDSA with SHA-256, DER. Times are whole seconds. */
export async function issueCertificate(plan: CertificatePlan): Promise<Uint8Array<ArrayBuffer>> {
  const certificate = new Certificate();
  certificate.version = 2;
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  certificate.serialNumber = new asn1.Integer({ valueHex: new Uint8Array(serial).buffer });
  certificate.subject = nameOf(plan.subject);
  certificate.issuer =
    plan.issuer === null ? nameOf(plan.subject) : Certificate.fromBER(plan.issuer.certificate).subject;
  certificate.notBefore.value = plan.notBefore;
  certificate.notAfter.value = plan.notAfter;
  const { byte, unused } = KEY_USAGE[plan.use];
  certificate.extensions = [
    extension(EXTENSION.basicConstraints, new BasicConstraints({ cA: plan.use === 'authority' }).toSchema()),
    extension(EXTENSION.keyUsage, new asn1.BitString({ valueHex: new Uint8Array([byte]).buffer, unusedBits: unused })),
    ...(plan.use === 'time_stamp'
      ? [extension(EXTENSION.extendedKeyUsage, new ExtKeyUsage({ keyPurposes: [TIME_STAMPING] }).toSchema())]
      : []),
  ];
  await certificate.subjectPublicKeyInfo.importKey(plan.publicKey);
  const key = plan.issuer?.privateKey ?? plan.ownKey;
  if (key === undefined) throw new TypeError('Nobody signs the certificate');
  await certificate.sign(key, 'SHA-256');
  return der(certificate.toSchema(true));
}

function extension(id: string, value: asn1.BaseBlock): Extension {
  return new Extension({ extnID: id, critical: true, extnValue: value.toBER(), parsedValue: value });
}

/** Each part in a set of its own, as everybody writes names. */
function nameOf(subject: CertificateSubject): RelativeDistinguishedNames {
  const parts = Object.entries(subject) as [keyof CertificateSubject, string | undefined][];
  const sets = parts.flatMap(([part, text]) => {
    if (text === undefined) return [];
    // At most 64 characters (X.520).
    const value = Array.from(text).slice(0, 64).join('');
    const encoded = part === 'serialNumber' ? new asn1.PrintableString({ value }) : new asn1.Utf8String({ value });
    return [
      new asn1.Set({
        value: [new asn1.Sequence({ value: [new asn1.ObjectIdentifier({ value: NAME[part] }), encoded] })],
      }),
    ];
  });
  return RelativeDistinguishedNames.fromBER(new asn1.Sequence({ value: sets }).toBER());
}
