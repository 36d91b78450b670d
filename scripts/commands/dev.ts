import { createServer } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.ts';
import { prepareServer } from '../setup/prepare.ts';
import { serve } from './serve.ts';
import { prepareDemo, printDemoAccounts } from './start.ts';

/**
 * `npm run dev`: the same as start, reloading when a source file changes. Vite answers on PORT and hands what is
 * for the server on to a port of its own.
 */
export async function dev(): Promise<number> {
  await prepareServer();
  await prepareDemo();
  const port = Number(process.env['PORT'] || 3000);
  const serverPort = await freePort();
  const client = await startClient(port, serverPort);
  try {
    return await serve({
      nodeArgs: ['--watch', '--watch-preserve-output'],
      env: { PORT: String(serverPort) },
      onReady: async (_url, health) => {
        console.log(`ready http://127.0.0.1:${client.port}`);
        await printDemoAccounts(health);
      },
    });
  } finally {
    await client.close();
  }
}

async function startClient(port: number, serverPort: number): Promise<{ port: number; close: () => Promise<void> }> {
  // What client/vite.config.ts reads.
  process.env['JAQYN_CLIENT_PORT'] = String(port);
  process.env['JAQYN_API_PORT'] = String(serverPort);
  const { createServer: createVite } = await import('vite');
  const vite = await createVite({
    configFile: join(ROOT, 'client/vite.config.ts'),
    clearScreen: false,
    server: { strictPort: true },
  });
  await vite.listen();
  const address = vite.httpServer?.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => vite.close(),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
