import { Trans } from '@lingui/react/macro';
import type { IinCheck } from '../iin-check.ts';

/** The check in words, below the field; silent while there is nothing to say. */
export function IinHint({ check }: { check: IinCheck }) {
  switch (check.kind) {
    case 'empty':
      return null;
    case 'typing': {
      const { digits } = check;
      return <Trans>{digits} of 12 digits</Trans>;
    }
    case 'not_digits':
      return <Trans>The IIN has only digits</Trans>;
    case 'too_long':
      return <Trans>The IIN has 12 digits; there are more</Trans>;
    case 'wrong':
      return <Trans>A digit is wrong: compare all 12 with the document</Trans>;
    case 'right':
      return <Trans>The IIN is correct</Trans>;
  }
}

export function isIinError(check: IinCheck): boolean {
  return check.kind === 'not_digits' || check.kind === 'too_long' || check.kind === 'wrong';
}
