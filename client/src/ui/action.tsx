import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import styles from './action.module.css';
import { classes } from './classes.ts';

interface Face {
  /** An icon stands beside the words, never instead of them. */
  readonly icon?: ReactNode;
}
interface PlainFace extends Face {
  /** `quiet` is for what is seldom needed; `danger` for what ends or cancels something. */
  readonly tone?: 'plain' | 'quiet' | 'danger' | undefined;
}
interface PrimaryFace extends Face {
  readonly tone?: 'accent' | 'act-now' | undefined;
  /** `grand` is the one large button of a home screen. */
  readonly size?: 'primary' | 'grand' | undefined;
}
interface Busy {
  /** At work: pressed once is enough. The words stay, so that the button does not change its size. */
  readonly isBusy?: boolean | undefined;
}

function plainClass({ tone = 'plain' }: PlainFace, className?: string) {
  return classes(styles.action, tone === 'quiet' && styles.quiet, tone === 'danger' && styles.danger, className);
}

function primaryClass({ tone, size }: PrimaryFace, className?: string) {
  return classes(
    styles.action,
    styles.primary,
    tone === 'act-now' && styles['act-now'],
    size === 'grand' && styles.grand,
    className,
  );
}

function Inside({ icon, isBusy, children }: Face & Busy & { children: ReactNode }) {
  return (
    <>
      {isBusy ? (
        <span className={classes(styles.icon, styles.spinner)} aria-hidden="true" />
      ) : (
        icon && <span className={styles.icon}>{icon}</span>
      )}
      <span>{children}</span>
    </>
  );
}

export type ActionProps = PlainFace & Busy & ComponentPropsWithRef<'button'>;

/** A button, at least 44 px high. */
export function Action({ icon, tone, isBusy, className, disabled, children, ...rest }: ActionProps) {
  return (
    <button
      type="button"
      className={plainClass({ tone }, className)}
      disabled={disabled || isBusy}
      aria-busy={isBusy}
      {...rest}
    >
      <Inside icon={icon} isBusy={isBusy}>
        {children}
      </Inside>
    </button>
  );
}

export type PrimaryActionProps = PrimaryFace & Busy & ComponentPropsWithRef<'button'>;

/** The one action a screen is for, at least 56 px high. */
export function PrimaryAction({
  icon,
  tone,
  size,
  isBusy,
  className,
  disabled,
  children,
  ...rest
}: PrimaryActionProps) {
  return (
    <button
      type="button"
      className={primaryClass({ tone, size }, className)}
      disabled={disabled || isBusy}
      aria-busy={isBusy}
      {...rest}
    >
      <Inside icon={icon} isBusy={isBusy}>
        {children}
      </Inside>
    </button>
  );
}

/** A link out of the router, such as a file to download, that looks like a button. */
export function ActionAnchor({ icon, tone, className, children, ...rest }: PlainFace & ComponentPropsWithRef<'a'>) {
  return (
    <a className={plainClass({ tone }, className)} {...rest}>
      <Inside icon={icon}>{children}</Inside>
    </a>
  );
}

function PrimaryAnchor({ icon, tone, size, className, children, ...rest }: PrimaryFace & ComponentPropsWithRef<'a'>) {
  return (
    <a className={primaryClass({ tone, size }, className)} {...rest}>
      <Inside icon={icon}>{children}</Inside>
    </a>
  );
}

/** A link of the router that looks like a button. */
export const ActionLink = createLink(ActionAnchor);
export const PrimaryActionLink = createLink(PrimaryAnchor);
