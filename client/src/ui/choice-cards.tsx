import { type CSSProperties, type ReactNode, useId } from 'react';
import styles from './choice-cards.module.css';

export interface Choice<V extends string> {
  readonly value: V;
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly icon?: ReactNode;
  readonly isDisabled?: boolean;
}

interface ChoiceCardsProps<V extends string> {
  readonly legend: ReactNode;
  readonly isLegendHidden?: boolean;
  readonly choices: readonly Choice<V>[];
  readonly value: NoInfer<V> | null;
  onChange(value: NoInfer<V>): void;
  readonly error?: ReactNode;
  /** CSS length below which a card does not shrink. */
  readonly cardWidth?: string;
}

/** Radio buttons as cards: one tap, arrow keys by the browser. */
export function ChoiceCards<V extends string>({
  legend,
  isLegendHidden = false,
  choices,
  value,
  onChange,
  error,
  cardWidth,
}: ChoiceCardsProps<V>) {
  const name = useId();
  const errorId = `${name}-error`;
  return (
    <fieldset
      className={styles.group}
      {...(error !== undefined && { 'aria-describedby': errorId, 'aria-invalid': true })}
      style={(cardWidth ? { '--card-width': cardWidth } : undefined) as CSSProperties | undefined}
    >
      <legend className={isLegendHidden ? 'visually-hidden' : styles.legend}>{legend}</legend>
      <div className={styles.cards}>
        {choices.map((choice) => (
          <label key={choice.value} className={styles.card}>
            <input
              type="radio"
              className={styles.input}
              name={name}
              value={choice.value}
              checked={choice.value === value}
              disabled={choice.isDisabled ?? false}
              onChange={() => onChange(choice.value)}
            />
            {choice.icon && <span className={styles.icon}>{choice.icon}</span>}
            <span className={styles.text}>
              <span className={styles.title}>{choice.title}</span>
              {choice.note && <span className={styles.note}>{choice.note}</span>}
            </span>
          </label>
        ))}
      </div>
      {error !== undefined && (
        <p id={errorId} className={styles.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
