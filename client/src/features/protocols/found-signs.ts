import type { DangerCheckInput } from '@jaqyn/shared/consultations/request-card.contract';
import type { Urgency } from '@jaqyn/shared/consultations/urgency';
import type { Vitals } from '@jaqyn/shared/consultations/vitals';
import { isShownBy, raisedBy } from '@jaqyn/shared/protocols/danger-signs';
import type { DangerProtocol } from '@jaqyn/shared/protocols/protocol.contract';

/** Protocol → signs that were ticked; null before anybody looked. */
export type FoundSigns = Readonly<Record<string, readonly string[]>> | null;

/** Ticked or measured, by protocol. */
function signsOf({ id, content }: DangerProtocol, found: FoundSigns, vitals: Vitals) {
  return content.signs.filter((sign) => isShownBy(sign, vitals) || found?.[id]?.includes(sign.key));
}

/** The urgency that what was ticked and measured asks for. */
export function raisedByFound(
  protocols: readonly DangerProtocol[],
  found: FoundSigns,
  vitals: Vitals,
): Urgency | undefined {
  return raisedBy(protocols.flatMap((protocol) => signsOf(protocol, found, vitals)));
}

/** What is sent: undefined where nobody looked, and nothing that was measured shows a sign. */
export function toDangerCheck(
  protocols: readonly DangerProtocol[],
  found: FoundSigns,
  vitals: Vitals,
  overrideReason: string,
): DangerCheckInput | undefined {
  const checked = protocols.map((protocol) => ({
    id: protocol.id,
    signs: signsOf(protocol, found, vitals).map(({ key }) => key),
  }));
  if (checked.length === 0 || (found === null && checked.every(({ signs }) => signs.length === 0))) return undefined;
  return { protocols: checked, overrideReason };
}
