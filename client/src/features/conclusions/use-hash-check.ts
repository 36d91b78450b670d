import type { ConclusionPreview } from '@jaqyn/shared/consultations/conclusion.contract';
import { useEffect, useState } from 'react';

/** `unknown` while it is calculated, and where the browser has no such function (a page that is not over https). */
export type HashCheck = 'unknown' | 'same' | 'differs';

/** Calculates the fingerprint of one preview here as well: the text on the screen and the one that is signed are the same, or it is said. */
export function useHashCheck({ canonical, sha256 }: ConclusionPreview): HashCheck {
  const [check, setCheck] = useState<HashCheck>('unknown');
  useEffect(() => {
    let isCurrent = true;
    if (!('subtle' in crypto)) return;
    void crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical)).then((bytes) => {
      const hex = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      if (isCurrent) setCheck(hex === sha256 ? 'same' : 'differs');
    });
    return () => {
      isCurrent = false;
    };
  }, [canonical, sha256]);
  return check;
}
