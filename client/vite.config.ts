import { join } from 'node:path';
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './scripts/precompress.ts';
import { splitTexts } from './scripts/split-texts.ts';
import { withoutLogCalls } from './scripts/without/log-calls.ts';

const api = `http://127.0.0.1:${process.env['JAQYN_API_PORT'] ?? 3000}`;
// The macros look for it from the current folder upwards, and tests run from the root.
process.env['LINGUI_CONFIG'] ??= join(import.meta.dirname, 'lingui.config.ts');
// The plugin's types ask for every option of Babel's when @types/babel__core is not installed.
const macros = { cwd: import.meta.dirname, presets: [linguiTransformerBabelPreset()] } as Parameters<typeof babel>[0];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [withoutLogCalls(), react(), lingui(), splitTexts(), babel(macros), precompress()],
  resolve: {
    alias: {
      // The package's front door re-exports 5,000 modules one by one; this one is what production tree-shakes anyway.
      '@tabler/icons-react': '@tabler/icons-react/dist/esm/icons/index.mjs',
      // Of mediasoup-client: its own log, which nobody reads here, what runs in no browser, and what only tests use.
      debug: join(import.meta.dirname, 'scripts/without/debug.ts'),
      './handlers/FakeHandler': join(import.meta.dirname, 'scripts/without/fakes.ts'),
      './test/fakeParameters': join(import.meta.dirname, 'scripts/without/fakes.ts'),
      './handlers/ReactNative106': join(import.meta.dirname, 'scripts/without/react-native.ts'),
    },
  },
  server: {
    host: '127.0.0.1',
    port: Number(process.env['JAQYN_CLIENT_PORT'] ?? 5173),
    // The server knows its own origin; a request through this proxy is one of its own.
    proxy: {
      '/api': { target: api, headers: { origin: api } },
      '/socket.io': { target: api, ws: true, headers: { origin: api } },
    },
  },
  build: {
    outDir: 'dist',
    // Chrome 109 is the last one for Windows 7, which village PCs still run.
    target: ['chrome109', 'firefox115', 'safari16'],
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // For e2e/bundle-budget.test.ts: which files belong to which screen.
    manifest: true,
    // A file for each of a hundred small icons costs more in headers and names than in drawings.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'icons', test: /@tabler[\\/]icons-react/, minShareCount: 6 }] } },
    },
  },
});
