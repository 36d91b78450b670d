import { LANGUAGES } from '@jaqyn/shared/auth/auth.contract';
import { ProtocolVersionId } from '@jaqyn/shared/kernel/ids';
import type { Protocol } from '@jaqyn/shared/protocols/protocol.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { newId } from '../../../lib/ids.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { parseTypedDate, toTypedDate } from '../../../lib/typed-date.ts';
import { useDraft } from '../../../lib/use-draft.ts';
import { Action } from '../../../ui/action.tsx';
import { TextField } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import layout from '../../../ui/layout.module.css';
import { OpenedHeading } from '../../../ui/opened-heading.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { VersionFoot } from '../../../ui/version-foot.tsx';
import { usePreviewProtocol, useSaveProtocol } from '../api/edit-protocols.ts';
import { changesOf, draftOf, ProtocolDraft, RULES, toChange } from '../protocol-draft.ts';
import styles from './protocol-editor.module.css';

interface ProtocolEditorProps {
  /** The latest version. */
  readonly protocol: Protocol;
  readonly title: string;
  readonly today: string;
  readonly urgencyName: (urgency: 'urgent' | 'asap' | 'stat') => string;
  onClose(): void;
}

const LANGUAGE_NAMES = { kk: 'Қазақша', ru: 'Русский', en: 'English' } as const;

/** A new version of a protocol: its texts in three languages, what each entry asks for, and the day it begins. */
export function ProtocolEditor({ protocol, title, today, urgencyName, onClose }: ProtocolEditorProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const [fresh] = useState(() => draftOf(protocol, today));
  const [id] = useState(() => ProtocolVersionId.parse(newId()));
  const draft = useDraft(`protocol:${protocol.kind}:${protocol.code}`, ProtocolDraft, fresh);
  const { value } = draft;
  // As it is typed; a whole day goes into the draft.
  const [typedDay, setTypedDay] = useState<string>();
  const [isTried, setIsTried] = useState(false);
  const save = useSaveProtocol();
  const preview = usePreviewProtocol();
  const isCompleteness = protocol.kind === 'completeness';
  const day = typedDay ?? toTypedDate(value.effectiveFrom);
  const change = toChange(protocol, { ...value, effectiveFrom: parseTypedDate(day) ?? '' });
  const changes = changesOf(fresh, value);
  const set = (at: number, part: Partial<ProtocolDraft['entries'][number]>) =>
    draft.set((before) => ({
      ...before,
      entries: before.entries.map((entry, index) => (index === at ? { ...entry, ...part } : entry)),
    }));
  const words = { added: t`new`, removed: t`taken out`, changed: t`changed` };
  const nameOf = (key: string) =>
    localText(
      [...value.entries, ...fresh.entries].find((entry) => entry.key === key)?.text ?? { kk: '', ru: '', en: '' },
    );

  function ask(): boolean {
    setIsTried(true);
    if (!change || changes.length === 0) return false;
    if (change.kind === 'completeness') preview.mutate({ code: change.code, content: change.content });
    return true;
  }

  function close() {
    void draft.discard();
    onClose();
  }

  function submit() {
    if (!change) return;
    save.mutate({ id, change }, { onSuccess: close });
  }

  return (
    <div className={layout.stack}>
      <OpenedHeading>{title}</OpenedHeading>
      {value.entries.map((entry, at) => {
        const name = localText(entry.text);
        return (
          <fieldset key={entry.key} className={styles.entry}>
            <legend>{name || t`New entry`}</legend>
            {LANGUAGES.map((language) => (
              <TextField
                key={language}
                label={LANGUAGE_NAMES[language]}
                lang={language}
                maxLength={isCompleteness ? 120 : 240}
                value={entry.text[language]}
                error={isTried && entry.text[language].trim() === '' && t`Write the text in this language`}
                onChange={(event) => set(at, { text: { ...entry.text, [language]: event.currentTarget.value } })}
              />
            ))}
            <label className={styles.choice}>
              {isCompleteness ? t`Ready when` : t`Raises the urgency to`}
              <select value={entry.choice} onChange={(event) => set(at, { choice: event.currentTarget.value })}>
                {isCompleteness
                  ? [...new Set([...Object.keys(RULES), entry.choice])].map((name) => (
                      <option key={name} value={name}>
                        {RULES[name] ? t(RULES[name].label) : t`as it is`}
                      </option>
                    ))
                  : (['urgent', 'asap', 'stat'] as const).map((urgency) => (
                      <option key={urgency} value={urgency}>
                        {urgencyName(urgency)}
                      </option>
                    ))}
              </select>
            </label>
            <IconButton
              icon={<IconTrash size={20} aria-hidden />}
              word={t`Remove`}
              aria-label={t`Remove: ${name}`}
              onClick={() =>
                draft.set((before) => ({ ...before, entries: before.entries.filter((_entry, index) => index !== at) }))
              }
            />
          </fieldset>
        );
      })}
      <div>
        <Action
          icon={<IconPlus size={20} aria-hidden />}
          onClick={() =>
            draft.set((before) => ({
              ...before,
              entries: [
                ...before.entries,
                {
                  key: `e${newId().replaceAll('-', '').slice(-12)}`,
                  text: { kk: '', ru: '', en: '' },
                  choice: isCompleteness ? 'patient' : 'urgent',
                },
              ],
            }))
          }
        >
          <Trans>Add an entry</Trans>
        </Action>
      </div>
      <VersionFoot
        day={day}
        onDay={(typed) => {
          setTypedDay(typed);
          const effectiveFrom = parseTypedDate(typed);
          if (effectiveFrom) draft.set((before) => ({ ...before, effectiveFrom }));
        }}
        wasRestored={draft.wasRestored}
        isSame={changes.length === 0}
        isChanged={changes.length > 0}
        save={save}
        onAsk={ask}
        onMake={submit}
        onBack={onClose}
        onThrowAway={close}
        kept={<Trans>Requests made before keep the version they were judged by.</Trans>}
      >
        <ul>
          {changes.map(({ key, what }) => (
            <li key={key}>
              {nameOf(key)}: {words[what]}
            </li>
          ))}
        </ul>
        {preview.data && preview.data.requests.length > 0 && (
          <table className={styles.preview}>
            <caption>
              <Trans>The latest requests, judged by it</Trans>
            </caption>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Request</Trans>
                </th>
                <th scope="col">
                  <Trans>Now</Trans>
                </th>
                <th scope="col">
                  <Trans>By the new version</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {preview.data.requests.slice(0, 8).map(({ number, before, after }) => (
                <tr key={number}>
                  <th scope="row">{number}</th>
                  <td>
                    {before.ready} / {before.expected}
                  </td>
                  <td>
                    {after.ready} / {after.expected}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {preview.isError && <ProblemNotice error={preview.error} />}
      </VersionFoot>
    </div>
  );
}
