import type { LicenceId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import * as z from 'zod/mini';
import { newId } from '../../../lib/ids.ts';
import { parseTypedDate } from '../../../lib/typed-date.ts';
import { useDraft } from '../../../lib/use-draft.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { classes } from '../../../ui/classes.ts';
import { TextField } from '../../../ui/field.tsx';
import layout from '../../../ui/layout.module.css';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useAddLicence } from '../api/licences.ts';

const Form = z.object({ number: z.string(), issuer: z.string(), from: z.string(), to: z.string() });
const BLANK: z.infer<typeof Form> = { number: '', issuer: '', from: '', to: '' };

/** A licence as it stands on its paper. */
export function LicenceForm({ practitionerId, onDone }: { practitionerId: PractitionerId; onDone(): void }) {
  const { t } = useLingui();
  const [id] = useState(() => newId() as LicenceId);
  const draft = useDraft(`licence:${practitionerId}`, Form, BLANK);
  const [isAsked, setIsAsked] = useState(false);
  const add = useAddLicence();
  const { number, issuer, from, to } = draft.value;
  const [validFrom, validTo] = [parseTypedDate(from), parseTypedDate(to)];
  const isBackwards = validFrom !== undefined && validTo !== undefined && validTo < validFrom;
  const field = (name: keyof typeof BLANK) => ({
    value: draft.value[name],
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      draft.set((before) => ({ ...before, [name]: value }));
    },
  });
  const day = { placeholder: t`DD.MM.YYYY`, maxLength: 10 };

  function close() {
    void draft.discard();
    onDone();
  }

  function submit() {
    setIsAsked(true);
    if (number.trim() === '' || issuer.trim() === '' || !validFrom || !validTo || isBackwards) return;
    add.mutate(
      {
        params: { practitionerId, licenceId: id },
        body: { number: number.trim(), issuer: issuer.trim(), validFrom, validTo },
      },
      { onSuccess: close },
    );
  }

  return (
    <div className={layout.stack}>
      <div className={classes(layout.fields, layout.dense)}>
        <TextField
          label={t`Number`}
          maxLength={60}
          error={isAsked && number.trim() === '' && t`Write the number`}
          {...field('number')}
        />
        <TextField
          label={t`Issued by`}
          maxLength={200}
          error={isAsked && issuer.trim() === '' && t`Write who issued it`}
          {...field('issuer')}
        />
        <TextField
          label={t`First day`}
          error={isAsked && !validFrom && t`Enter a day: day, month, year`}
          {...day}
          {...field('from')}
        />
        <TextField
          label={t`Last day`}
          error={
            isAsked && (validTo ? isBackwards && t`The last day is before the first` : t`Enter a day: day, month, year`)
          }
          {...day}
          {...field('to')}
        />
      </div>
      {add.isError && <ProblemNotice error={add.error} />}
      <div className={layout.row}>
        <PrimaryAction isBusy={add.isPending} onClick={submit}>
          <Trans>Save the licence</Trans>
        </PrimaryAction>
        <Action tone="quiet" onClick={onDone}>
          <Trans>Close</Trans>
        </Action>
      </div>
    </div>
  );
}
