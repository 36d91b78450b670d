import type { DocumentChange } from '@jaqyn/shared/consultations/conclusion.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import styles from './changes-table.module.css';

const fieldNames: Record<DocumentChange['field'], MessageDescriptor> = {
  findings: msg`Findings`,
  diagnosis: msg`Diagnosis`,
  recommendations: msg`Recommendations`,
  medicines: msg`Medicines`,
  furtherTests: msg`Further tests`,
  referral: msg`Referral`,
  followUpDate: msg`Follow-up visit`,
  limits: msg`What could not be examined remotely`,
};

/** What a new edition changes, field by field, as it stands in the document. */
export function ChangesTable({ changes }: { changes: readonly DocumentChange[] }) {
  const { t } = useLingui();
  return (
    <table className={styles.changes}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>What changed</Trans>
          </th>
          <th scope="col">
            <Trans>Was</Trans>
          </th>
          <th scope="col">
            <Trans>Is now</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{t(fieldNames[field])}</th>
            <td>
              <span className={styles.word}>
                <Trans>Was</Trans>
              </span>
              {before || '–'}
            </td>
            <td>
              <span className={styles.word}>
                <Trans>Is now</Trans>
              </span>
              {after || '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
