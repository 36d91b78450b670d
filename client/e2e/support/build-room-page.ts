import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

/** Bundles the page of the room client into a new folder; answers the folder. */
export function buildRoomPage(): Promise<string> {
  return buildPage('room-page.ts');
}

/** Bundles a page that is nothing but one script of this folder into a new folder; answers the folder. */
export async function buildPage(script: 'room-page.ts' | 'sfu-page.ts'): Promise<string> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'jaqyn-page-'));
  await build({
    configFile: false,
    logLevel: 'warn',
    root: path.resolve(import.meta.dirname, '../..'),
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: false,
      // The live process serves one folder without others in it: the voice's worker must lie there, too.
      assetsDir: '',
      minify: false,
      lib: { entry: path.join(import.meta.dirname, script), formats: ['es'], fileName: () => 'page.js' },
    },
  });
  writeFileSync(
    path.join(outDir, 'index.html'),
    '<!doctype html><title>page</title><script type="module" src="/page.js"></script>',
  );
  return outDir;
}
