import { ATTACHMENT_KINDS, type AttachmentLabel } from '@jaqyn/shared/attachments/attachment.contract';
import { useLingui } from '@lingui/react/macro';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { TextField } from '../../../ui/field.tsx';
import { kindWords } from '../attachment-words.ts';

export function LabelFields({ value, onChange }: { value: AttachmentLabel; onChange(next: AttachmentLabel): void }) {
  const { t } = useLingui();
  return (
    <>
      <ChoiceCards
        legend={t`What is on it?`}
        isLegendHidden
        cardWidth="8rem"
        choices={ATTACHMENT_KINDS.map((kind) => ({ value: kind, title: t(kindWords[kind]) }))}
        value={value.kind}
        onChange={(kind) => onChange({ ...value, kind })}
      />
      <TextField
        label={t`Note`}
        description={t`Where on the body, which side, when. It may stay empty`}
        maxLength={500}
        value={value.note}
        onChange={(event) => onChange({ ...value, note: event.currentTarget.value })}
      />
    </>
  );
}
