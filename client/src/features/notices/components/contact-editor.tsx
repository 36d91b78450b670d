import type { NoticeChannel, NoticeContacts } from '@jaqyn/shared/notices/notice.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { changeMine, type Mine } from '../../../lib/unseen.ts';
import { Action } from '../../../ui/action.tsx';
import { TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { SavedUnseen } from '../../../ui/saved-unseen.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useNoticeContacts } from '../api/get-notice-contacts.ts';
import { useSaveNoticeContacts } from '../api/save-notice-contacts.ts';
import { readContacts } from '../contact-fields.ts';
import styles from './notices.module.css';

/** Where I am told besides the app: my e-mail address and my telephone number. */
export function ContactEditor() {
  const { data, error, isPending, isFetching, refetch } = useNoticeContacts();
  if (isPending) return <Skeleton lines={3} />;
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  return <Editor contacts={data.contacts} channels={data.channels} />;
}

type Typed = Pick<NoticeContacts, 'email' | 'phone'>;

function Editor({ contacts, channels }: { contacts: NoticeContacts; channels: readonly NoticeChannel[] }) {
  const { t } = useLingui();
  const stored: Typed = { email: contacts.email, phone: contacts.phone };
  const [mine, setMine] = useState<Mine<Typed>>();
  const { email, phone } = mine?.value ?? stored;
  const [isAsked, setIsAsked] = useState(false);
  const save = useSaveNoticeContacts();
  const read = readContacts({ email, phone });
  const change = (field: keyof Typed) => (event: { currentTarget: { value: string } }) => {
    setMine(changeMine(mine, stored, { email, phone, [field]: event.currentTarget.value }));
    save.reset();
  };
  const isWrong = (field: 'email' | 'phone') => isAsked && read.wrong.has(field);
  return (
    <form
      className={layout.stack}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsAsked(true);
        if (read.contacts === undefined) return;
        const seen = mine?.seen ?? stored;
        save.mutate({ ...read.contacts, seen }, { onSuccess: () => setMine(undefined) });
      }}
    >
      <div className={layout.fields}>
        <TextField
          type="email"
          autoComplete="email"
          label={t`E-mail`}
          description={
            channels.includes('email') ? t`Empty: no e-mails` : t`E-mail is not switched on at this server yet`
          }
          value={email}
          maxLength={200}
          onChange={change('email')}
          {...(isWrong('email') && { error: t`Write an address, for example name@example.kz` })}
        />
        <TextField
          type="tel"
          autoComplete="tel"
          label={t`Mobile number for SMS`}
          description={channels.includes('sms') ? t`Empty: no messages` : t`SMS is not switched on at this server yet`}
          value={phone}
          maxLength={30}
          onChange={change('phone')}
          {...(isWrong('phone') && { error: t`Write a number with its country, for example +7 701 234 56 78` })}
        />
      </div>
      <p className={styles.quiet}>
        <Trans>Neither names of patients nor anything about their health is sent there.</Trans>
      </p>
      {save.error && <ProblemNotice error={save.error} />}
      <SavedUnseen
        mine={mine}
        stored={stored}
        isSame={isSameContacts}
        isSaving={save.isPending}
        onChoose={(next) => {
          save.reset();
          setMine(next);
        }}
      >
        <ul>
          <li>
            {t`E-mail`}: {stored.email === '' ? '—' : stored.email}
          </li>
          <li>
            {t`Mobile number for SMS`}: {stored.phone === '' ? '—' : stored.phone}
          </li>
        </ul>
      </SavedUnseen>
      <div className={layout.row}>
        <Action type="submit" isBusy={save.isPending}>
          <Trans>Save</Trans>
        </Action>
        <span role="status">{save.isSuccess && <Trans>Saved</Trans>}</span>
      </div>
    </form>
  );
}

function isSameContacts(one: Typed, other: Typed): boolean {
  return one.email === other.email && one.phone === other.phone;
}
