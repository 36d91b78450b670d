import type { Vitals } from '@jaqyn/shared/consultations/vitals';
import { isShownBy } from '@jaqyn/shared/protocols/danger-signs';
import type { DangerProtocol } from '@jaqyn/shared/protocols/protocol.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCheck } from '@tabler/icons-react';
import { useLocalText } from '../../../lib/local-text.ts';
import { Action } from '../../../ui/action.tsx';
import { classes } from '../../../ui/classes.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import type { FoundSigns } from '../found-signs.ts';
import styles from './danger-signs.module.css';

interface DangerSignsProps {
  readonly protocols: readonly DangerProtocol[];
  readonly vitals: Vitals;
  /** Protocol → signs; null before anybody looked. */
  readonly value: FoundSigns;
  onChange(value: FoundSigns): void;
}

/** Signs that mean: now. Tick what is there, or say in one press that none is. What was measured ticks itself. */
export function DangerSigns({ protocols, vitals, value, onChange }: DangerSignsProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const isNone = value !== null && Object.values(value).every((signs) => signs.length === 0);
  const isMeasured = protocols.some(({ content }) => content.signs.some((sign) => isShownBy(sign, vitals)));

  function toggle(protocolId: string, key: string, isThere: boolean) {
    const before = value?.[protocolId] ?? [];
    const after = isThere ? [...before, key] : before.filter((one) => one !== key);
    onChange({ ...value, [protocolId]: after });
  }

  return (
    <>
      {protocols.map(({ id, content }) => (
        <fieldset key={id} className={styles.group}>
          <legend>{localText(content.title)}</legend>
          <div className={styles.signs}>
            {content.signs.map((sign) => {
              const isShown = isShownBy(sign, vitals);
              return (
                <label key={sign.key} className={classes(styles.sign, isShown && styles.shown)}>
                  <input
                    type="checkbox"
                    checked={isShown || (value?.[id]?.includes(sign.key) ?? false)}
                    disabled={isShown}
                    onChange={(event) => toggle(id, sign.key, event.target.checked)}
                  />
                  <span>
                    {localText(sign.text)}
                    {isShown && <span className={styles.measured}> {t`(measured)`}</span>}
                  </span>
                </label>
              );
            })}
          </div>
        </fieldset>
      ))}
      {!isMeasured &&
        (isNone ? (
          <StatusBadge tone="well">
            <Trans>None of these signs</Trans>
          </StatusBadge>
        ) : (
          value === null && (
            <div>
              <Action icon={<IconCheck size={20} aria-hidden />} onClick={() => onChange({})}>
                <Trans>None of these signs</Trans>
              </Action>
            </div>
          )
        ))}
    </>
  );
}
