import { useLingui } from '@lingui/react/macro';
import { IconMicrophone, IconMicrophoneOff, IconPhoneOff, IconVideo, IconVideoOff } from '@tabler/icons-react';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { classes } from '../../../ui/classes.ts';
import type { LocalTrack } from '../room-state.ts';
import styles from './call-controls.module.css';

interface CallControlsProps {
  readonly microphone: LocalTrack;
  readonly camera: LocalTrack;
  onToggleMicrophone(): void;
  onToggleCamera(): void;
  /** Asked and confirmed by the screen. */
  onEnd(): void;
  readonly endLabel: string;
  /** More controls, between the devices and the end: see CallControl. */
  readonly children?: ReactNode;
}

/** Always visible, with words; the end stands apart. Alt+M and Alt+V work from anywhere on the page. */
export function CallControls(props: CallControlsProps) {
  const { microphone, camera, onToggleMicrophone, onToggleCamera, onEnd, endLabel, children } = props;
  const { t } = useLingui();
  const isHeard = microphone.kind === 'on' && !microphone.isMuted;
  const isSeen = camera.kind === 'on' && !camera.isMuted;
  useShortcuts({ KeyM: onToggleMicrophone, KeyV: onToggleCamera });

  return (
    <div className={styles.controls} role="toolbar" aria-label={t`Call controls`}>
      <CallControl
        icon={isHeard ? <IconMicrophone size={24} aria-hidden /> : <IconMicrophoneOff size={24} aria-hidden />}
        isOff={!isHeard}
        isDisabled={microphone.kind === 'starting'}
        title="Alt+M"
        onPress={onToggleMicrophone}
      >
        {isHeard ? t`Microphone on` : t`Microphone off`}
      </CallControl>
      <CallControl
        icon={isSeen ? <IconVideo size={24} aria-hidden /> : <IconVideoOff size={24} aria-hidden />}
        isOff={!isSeen}
        isDisabled={camera.kind === 'starting'}
        title="Alt+V"
        onPress={onToggleCamera}
      >
        {isSeen ? t`Camera on` : t`Camera off`}
      </CallControl>
      {children}
      <button type="button" className={classes(styles.control, styles.end)} onClick={onEnd}>
        <IconPhoneOff size={24} aria-hidden />
        {endLabel}
      </button>
    </div>
  );
}

interface CallControlProps {
  readonly icon: ReactNode;
  readonly children: ReactNode;
  /** Drawn in the colour of heed: something is switched off. */
  readonly isOff?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  /** For what is on or off, and says the same word for both. */
  readonly isPressed?: boolean | undefined;
  /** For what opens and closes something. */
  readonly isExpanded?: boolean | undefined;
  readonly title?: string | undefined;
  onPress(): void;
}

export function CallControl({
  icon,
  children,
  isOff,
  isDisabled,
  isPressed,
  isExpanded,
  title,
  onPress,
}: CallControlProps) {
  return (
    <button
      type="button"
      className={classes(styles.control, isOff && styles.off)}
      disabled={isDisabled}
      aria-pressed={isPressed}
      aria-expanded={isExpanded}
      title={title}
      onClick={onPress}
    >
      {icon}
      <span>{children}</span>
    </button>
  );
}

/** By the key's place, not its letter: the same keys in a Kazakh, Russian and Latin layout. */
export function useShortcuts(actions: Record<string, () => void>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const action = actions[event.code];
    if (!action || !event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
