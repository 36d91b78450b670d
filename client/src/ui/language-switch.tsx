import { LANGUAGES, type Language } from '@jaqyn/shared/auth/auth.contract';
import { useLingui } from '@lingui/react/macro';
import styles from './language-switch.module.css';

/** Each language in its own words, so that it is found by who cannot read the others. */
const NAMES: Record<Language, { short: string; full: string }> = {
  kk: { short: 'ҚАЗ', full: 'Қазақша' },
  ru: { short: 'РУС', full: 'Русский' },
  en: { short: 'ENG', full: 'English' },
};

interface LanguageSwitchProps {
  readonly language: Language;
  onChange(language: Language): void;
}

export function LanguageSwitch({ language, onChange }: LanguageSwitchProps) {
  const { t } = useLingui();
  return (
    <fieldset className={styles.group} aria-label={t`Language`}>
      {LANGUAGES.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          className={styles.language}
          aria-pressed={one === language}
          title={NAMES[one].full}
          onClick={() => onChange(one)}
        >
          {NAMES[one].short}
        </button>
      ))}
    </fieldset>
  );
}
