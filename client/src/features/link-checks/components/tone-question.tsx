import type { LinkCheck } from '@jaqyn/shared/link-checks/link-check.contract';
import { Trans } from '@lingui/react/macro';
import { IconCheck, IconVolume, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Action } from '../../../ui/action.tsx';
import layout from '../../../ui/layout.module.css';
import { playTestTone } from '../test-tone.ts';

type Answer = LinkCheck['speaker'];

/** Only a person knows what came out of the loudspeaker. */
export function ToneQuestion({ answer, onAnswer }: { answer: Answer; onAnswer(answer: Answer): void }) {
  const [isPlaying, setIsPlaying] = useState(false);
  const play = async () => {
    setIsPlaying(true);
    await playTestTone().catch(() => undefined);
    setIsPlaying(false);
  };
  return (
    <fieldset className={layout.stack} style={{ border: 0, padding: 0, margin: 0 }}>
      <legend>
        <strong>
          <Trans>Two notes were played. Did you hear them?</Trans>
        </strong>
      </legend>
      <div className={layout.row}>
        <Action
          icon={<IconCheck size={22} aria-hidden />}
          aria-pressed={answer === 'heard'}
          onClick={() => onAnswer('heard')}
        >
          <Trans>Yes, I heard them</Trans>
        </Action>
        <Action
          icon={<IconX size={22} aria-hidden />}
          aria-pressed={answer === 'not_heard'}
          onClick={() => onAnswer('not_heard')}
        >
          <Trans>No</Trans>
        </Action>
        <Action tone="quiet" icon={<IconVolume size={22} aria-hidden />} isBusy={isPlaying} onClick={() => void play()}>
          <Trans>Play the tone again</Trans>
        </Action>
      </div>
      {answer === 'heard' && (
        <p>
          <Trans>Good: you will hear the specialist.</Trans>
        </p>
      )}
      {answer === 'not_heard' && (
        <p>
          <Trans>Turn up the volume, check the cable or the headphones, and play the tone again.</Trans>
        </p>
      )}
    </fieldset>
  );
}
