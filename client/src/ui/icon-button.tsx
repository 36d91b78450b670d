import type { ComponentPropsWithRef, ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './icon-button.module.css';

interface IconButtonProps extends ComponentPropsWithRef<'button'> {
  readonly icon: ReactNode;
  /** Beside the icon; on narrow screens it is only read out. */
  readonly word: string;
}

/** For the frame's own small buttons, where a narrow screen has no room for the word. */
export function IconButton({ icon, word, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" className={classes(styles.button, className)} title={word} {...rest}>
      {icon}
      <span className={styles.word}>{word}</span>
    </button>
  );
}
