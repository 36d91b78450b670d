import type { Role } from '@jaqyn/shared/auth/auth.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useCurrentUser } from '../../lib/session.ts';
import { setSingleKeys, useSingleKeys } from '../../lib/single-keys.ts';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';
import styles from './keys-help.module.css';

type Keys = readonly (readonly [key: string, what: string])[];

/** Which keys do something for this person, and the switch for those that act without Ctrl or Alt. The help corner leads here. */
export function KeysHelp() {
  const { t } = useLingui();
  const { role } = useCurrentUser();
  const areOn = useSingleKeys();
  const call: Keys = [
    ['Alt+M', t`Call: microphone`],
    ['Alt+V', t`Call: camera`],
    ['Alt+C', t`Call: curtain`],
  ];
  const alone: Partial<Record<Role, Keys>> = {
    coordinator: [
      ['A', t`Inbox: accept`],
      ['Q', t`Inbox: ask for more`],
      ['D', t`Inbox: decline`],
      ['R', t`Inbox: redirect`],
      ['U', t`Inbox: take the decision back`],
      ['/', t`Board: find in the waiting list`],
    ],
    specialist: [['N', t`Answers in writing: the next case`]],
  };
  const together: Partial<Record<Role, Keys>> = {
    coordinator: [['Ctrl+Z', t`Board: take the last change back`]],
    specialist: call,
    feldsher: call,
  };
  const own = alone[role];
  const others = together[role];
  return (
    <section id="keys" className={layout.stack} aria-labelledby="keys-title">
      <h2 id="keys-title">
        <Trans>Keys</Trans>
      </h2>
      {own && (
        <div className={classes(layout.card, layout.stack)}>
          <h3>
            <Trans>Alone</Trans>
          </h3>
          <KeyList keys={own} />
          <label className={styles.label}>
            <input type="checkbox" checked={areOn} onChange={(event) => setSingleKeys(event.currentTarget.checked)} />
            <Trans>These keys act by themselves</Trans>
          </label>
          <p className="quiet">
            <Trans>
              Switch them off if you dictate, or press keys by mistake. It is kept for you on this computer.
            </Trans>
          </p>
        </div>
      )}
      {others && (
        <div className={classes(layout.card, layout.stack)}>
          <h3>
            <Trans>Together with another key, always</Trans>
          </h3>
          <KeyList keys={others} />
        </div>
      )}
      <p className="quiet">
        <Trans>
          While you write in a field, no key acts. In a picture, plus, minus, 0, R and the arrows act once it is chosen.
        </Trans>
      </p>
    </section>
  );
}

function KeyList({ keys }: { keys: Keys }) {
  return (
    <dl className={styles.keys}>
      {keys.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
