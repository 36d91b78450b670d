import { randomBytes } from 'node:crypto';
import * as asn1 from 'asn1js';
import { TSTInfo } from 'pkijs';
import { algorithm, der, octets, sha256 } from './cms.ts';

/** Of the numbers set aside for examples (RFC 5612): this is no registered authority, and says so. */
const POLICY = '1.3.6.1.4.1.32473.1';
const SHA256 = '2.16.840.1.101.3.4.2.1';

interface TimeStamp {
  /** SHA-256 of what is stamped. */
  readonly imprint: Uint8Array<ArrayBuffer>;
  readonly at: Date;
  readonly serial: Uint8Array<ArrayBuffer>;
}

/** TSTInfo of RFC 3161: `stamped` existed at `at`. */
export function encodeTimeStamp(stamped: Uint8Array<ArrayBuffer>, at: Date): Uint8Array<ArrayBuffer> {
  const serial = new Uint8Array(randomBytes(8));
  // Positive, and no shorter form of the same number.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return encode({ imprint: sha256(stamped), at, serial });
}

function encode({ imprint, at, serial }: TimeStamp): Uint8Array<ArrayBuffer> {
  return der(
    new asn1.Sequence({
      value: [
        new asn1.Integer({ value: 1 }),
        new asn1.ObjectIdentifier({ value: POLICY }),
        new asn1.Sequence({ value: [algorithm(SHA256), octets(imprint)] }),
        new asn1.Integer({ valueHex: new Uint8Array(serial).buffer }),
        new asn1.GeneralizedTime({ valueDate: at }),
      ],
    }),
  );
}

/** When `stamped` was stamped, or undefined when this is a stamp of something else or not written as this house does. */
export function readTimeStamp(info: Uint8Array<ArrayBuffer>, stamped: Uint8Array<ArrayBuffer>): Date | undefined {
  const token = TSTInfo.fromBER(info);
  const serial = new Uint8Array(token.serialNumber.valueBlock.valueHexView);
  const again = encode({ imprint: sha256(stamped), at: token.genTime, serial });
  return Buffer.from(again).equals(info) ? token.genTime : undefined;
}
