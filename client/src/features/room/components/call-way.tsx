import { Trans, useLingui } from '@lingui/react/macro';
import { wayWords } from '../../../lib/way-words.ts';
import type { RoomState } from '../room-state.ts';
import styles from './connection-bar.module.css';

/** How sound and picture get out of here: for whoever looks after the network, and for the help desk. */
export function CallWay({ way }: { way: RoomState['way'] }) {
  const { t } = useLingui();
  if (way === null) return null;
  const words = t(wayWords[way]);
  return (
    <span className={styles.step}>
      <Trans>Way out: {words}</Trans>
    </span>
  );
}
