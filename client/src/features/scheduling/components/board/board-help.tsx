import { Trans } from '@lingui/react/macro';
import styles from './board-help.module.css';

/** How it goes without a mouse, in a line below the board; the grid is described by it. */
export function BoardHelp({ id }: { id: string }) {
  return (
    <p id={id} className={styles.help}>
      <Trans>
        Drag, or press and choose the place. Keys: arrows move, Enter picks up and puts down, Space shows details, Esc
        leaves it, / finds in the waiting list, Ctrl+Z takes the last change back.
      </Trans>
    </p>
  );
}
