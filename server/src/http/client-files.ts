import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { DomainError } from '../kernel/domain-error.ts';

/**
 * Serves the built client, pre-compressed, and its page for every address that is a screen. Files under `assets/` carry a hash
 * in their name and stay for a year; the page itself is asked for each time, and its sign once a day: a call's screen shows it in the
 * moment in which the first picture is on its way.
 */
export async function installClient(app: FastifyInstance, clientDir: string | undefined): Promise<void> {
  const hasClient = clientDir !== undefined && existsSync(path.join(clientDir, 'index.html'));
  if (hasClient) {
    await app.register(async (files) => {
      files.addHook('onRoute', (route) => {
        route.config = { ...route.config, access: 'public' };
      });
      await files.register(fastifyStatic, {
        root: clientDir,
        preCompressed: true,
        wildcard: false,
        cacheControl: false,
        setHeaders: (reply, filePath) => {
          reply.header('cache-control', cacheControl(filePath));
        },
      });
      // Set here, where `sendFile` is known; it is the whole server's all the same.
      installNotFound(files, true);
    });
  } else {
    installNotFound(app, false);
  }
}

function cacheControl(filePath: string): string {
  if (filePath.includes(`${path.sep}assets${path.sep}`)) return 'public, max-age=31536000, immutable';
  return filePath.endsWith('.svg') ? 'public, max-age=86400' : 'no-cache';
}

function installNotFound(app: FastifyInstance, hasClient: boolean): void {
  app.setNotFoundHandler((request, reply) => {
    const isScreen =
      hasClient &&
      request.method === 'GET' &&
      !path.extname(request.url.split('?')[0] ?? '') &&
      !request.url.startsWith('/api/');
    if (!isScreen) throw new DomainError('request.unknown_route');
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
