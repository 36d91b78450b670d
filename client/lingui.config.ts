import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

// The check extracts into a copy, so that a failing check never touches the catalogs people work on.
const catalogs = process.env['JAQYN_CATALOGS'] ?? '<rootDir>/src/locales';

export default defineConfig({
  locales: ['en', 'kk', 'ru'],
  sourceLocale: 'en',
  catalogs: [{ path: `${catalogs}/{locale}`, include: ['src'], exclude: ['**/*.test.*'] }],
  // No line numbers and no dates: a catalog changes only when a text does.
  format: formatter({ lineNumbers: false, origins: true, printLinguiId: false }),
  orderBy: 'message',
});
