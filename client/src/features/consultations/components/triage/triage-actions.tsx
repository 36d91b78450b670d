import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { Trans } from '@lingui/react/macro';
import { IconArrowForwardUp, IconCheck, IconMessageQuestion, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSingleKeys } from '../../../../lib/single-keys.ts';
import { Action } from '../../../../ui/action.tsx';
import { AcceptTriageDialog, AskDialog, DeclineTriageDialog, RedirectDialog } from './triage-dialogs.tsx';

export type TriageAct = 'accept' | 'ask' | 'decline' | 'redirect';

/** The key of each, on a Latin layout by its place: Kazakh and Russian letters there count too. */
export const TRIAGE_KEYS: Readonly<Record<TriageAct, string>> = {
  accept: 'KeyA',
  ask: 'KeyQ',
  decline: 'KeyD',
  redirect: 'KeyR',
};

interface TriageButtonsProps {
  readonly acts: readonly TriageAct[];
  onAct(act: TriageAct): void;
  /** Show the keys beside the words. */
  readonly hasKeys?: boolean;
}

/** What can be decided about a request. */
export function TriageButtons({ acts, onAct, hasKeys: isKeyed = false }: TriageButtonsProps) {
  const areKeysOn = useSingleKeys();
  const hasKeys = isKeyed && areKeysOn;
  const words: Record<TriageAct, { icon: ReactNode; label: ReactNode }> = {
    accept: { icon: <IconCheck size={22} aria-hidden />, label: <Trans>Accept…</Trans> },
    ask: { icon: <IconMessageQuestion size={22} aria-hidden />, label: <Trans>Ask for more…</Trans> },
    decline: { icon: <IconX size={22} aria-hidden />, label: <Trans>Decline…</Trans> },
    redirect: { icon: <IconArrowForwardUp size={22} aria-hidden />, label: <Trans>Redirect…</Trans> },
  };
  return acts.map((act) => (
    <Action
      key={act}
      tone={act === 'decline' ? 'danger' : 'plain'}
      icon={words[act].icon}
      aria-keyshortcuts={hasKeys ? TRIAGE_KEYS[act].slice(3) : undefined}
      onClick={() => onAct(act)}
    >
      {words[act].label}
      {hasKeys && <kbd>{TRIAGE_KEYS[act].slice(3)}</kbd>}
    </Action>
  ));
}

interface TriageDialogProps {
  readonly act: TriageAct;
  readonly consultation: Consultation;
  readonly specialties: readonly { readonly code: string; readonly name: string }[];
  readonly regions: readonly { readonly code: string; readonly name: string }[];
  onDone(consultation: Consultation): void;
  onClose(): void;
}

/** The dialog of a decision. */
export function TriageDialog({ act, specialties, regions, ...rest }: TriageDialogProps) {
  switch (act) {
    case 'accept':
      return <AcceptTriageDialog {...rest} />;
    case 'ask':
      return <AskDialog {...rest} />;
    case 'decline':
      return <DeclineTriageDialog {...rest} />;
    case 'redirect':
      return <RedirectDialog {...rest} specialties={specialties} regions={regions} />;
  }
}
