import { createLink } from '@tanstack/react-router';
import { type ComponentPropsWithRef, type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
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

/** What is disabled while it is at work loses the focus: a keyboard gets it back with the answer, to press again. */
function useKeptFocus(isBusy: boolean): RefObject<HTMLSpanElement | null> {
  const words = useRef<HTMLSpanElement>(null);
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    const button = words.current?.closest('button') ?? null;
    if (isBusy) hadFocus.current = button !== null && document.activeElement === button;
    else if (hadFocus.current) {
      hadFocus.current = false;
      if (document.activeElement === document.body) button?.focus({ preventScroll: true });
    }
  }, [isBusy]);
  return words;
}

function Inside({ icon, isBusy = false, children }: Face & Busy & { children: ReactNode }) {
  const words = useKeptFocus(isBusy);
  return (
    <>
      {isBusy ? (
        <span className={classes(styles.icon, styles.spinner)} aria-hidden="true" />
      ) : (
        icon && <span className={styles.icon}>{icon}</span>
      )}
      <span ref={words}>{children}</span>
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

/** What is told to be done now, where that is a telephone call. */
export function PrimaryAnchor({
  icon,
  tone,
  size,
  className,
  children,
  ...rest
}: PrimaryFace & ComponentPropsWithRef<'a'>) {
  return (
    <a className={primaryClass({ tone, size }, className)} {...rest}>
      <Inside icon={icon}>{children}</Inside>
    </a>
  );
}

/** A link of the router that looks like a button. */
export const ActionLink = createLink(ActionAnchor);
export const PrimaryActionLink = createLink(PrimaryAnchor);
