import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import underPressure from '@fastify/under-pressure';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import { fastify, LogController } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import type { Config } from '../config.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Metrics } from '../kernel/metrics.ts';
import { installAccess } from './access.ts';
import { API_PAGE_CSP, type ApiDocument, renderApiPage } from './api-page.ts';
import { readableCheckPageUrl } from './check-page-url.ts';
import { installClient } from './client-files.ts';
import { installLeanAnswers } from './lean-answers.ts';
import { describeEndpoint } from './openapi.ts';
import { installOriginCheck, type OriginList } from './origin.ts';
import { answerBrokenRequest, installProblemHandler, sendProblem } from './problem-handler.ts';
import { serializeResponse } from './response-serializer.ts';

interface Options {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly origins: OriginList;
  readonly sessions: Parameters<typeof installAccess>[1]['sessions'];
  readonly cookieName: string;
  readonly version: string;
}

// A conclusion of 30 full recommendations is 60 kB; nothing here is larger. Files get their own door.
const BODY_LIMIT = 256 * 1024;

// What is on its way when the server stops has this long to be answered; here that is milliseconds.
const DRAIN_MS = 1500;

/** fastify with everything every route stands behind; routes are registered afterwards, then `ready()`. */
export async function createHttpServer(options: Options): Promise<FastifyInstance> {
  const { config, logger, metrics, origins } = options;
  // Widened: fastify's types follow the logger's through every plugin otherwise.
  const loggerInstance: FastifyBaseLogger = logger;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: config.trustProxy ? 'loopback' : false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    rewriteUrl: ({ url = '/' }) => readableCheckPageUrl(url),
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    clientErrorHandler: answerBrokenRequest,
  });
  // A form of another site may send text/plain without asking first; nothing here reads it.
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializeResponse);
  installProblemHandler(app);

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const status = String(reply.statusCode);
    metrics.httpSeconds.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    request.log.debug({ method: request.method, route, status, ms: Math.round(reply.elapsedTime) }, 'http');
  });

  let isDraining = false;
  app.addHook('preClose', async () => {
    isDraining = true;
    // Browsers open connections ahead of need. Node counts one without a request as busy and would wait for it for a minute.
    setTimeout(() => app.server.closeAllConnections(), DRAIN_MS).unref();
  });
  app.addHook('onRequest', async () => {
    if (isDraining) throw new DomainError('server.draining', { retryAfter: 1 });
  });

  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        mediaSrc: ["'self'", 'blob:'],
        // NCALayer is a program on the signer's own computer.
        connectSrc: ["'self'", ...(config.signing.method === 'ncalayer' ? ['wss://127.0.0.1:13579'] : [])],
        workerSrc: ["'self'"],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        ...(config.isSecure && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: config.isSecure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('permissions-policy', 'camera=(self), microphone=(self), geolocation=(), payment=()');
    // Nothing of a patient stays in a shared PC's cache or back button.
    if (isApi(request)) reply.header('cache-control', 'no-store');
  });
  await installLeanAnswers(app);
  // Not by route: refusals and unknown addresses count, too, and before a session is looked up.
  await app.register(rateLimit, {
    global: false,
    max: (request) => request.routeOptions.config.requestsPerMinute ?? 1200,
    timeWindow: '1 minute',
    // Nobody reads how many are left; on a thin link they are bytes of each answer. Who has none left is told when to come again.
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    allowList: (request) => !isApi(request) && request.routeOptions.config.requestsPerMinute === undefined,
    // A route with a limit of its own is counted apart.
    keyGenerator: ({ ip, routeOptions }) =>
      routeOptions.config.requestsPerMinute === undefined ? ip : `${ip} ${routeOptions.url}`,
    errorResponseBuilder: (_request, context) =>
      new DomainError('request.rate_limited', { retryAfter: Math.ceil(context.ttl / 1000) }),
  });
  app.addHook('onRequest', app.rateLimit());
  // Sheds new work and never a live consult: those are on the socket. Nor the page itself: half of its files is a blank screen, which
  // cannot even say that it should be tried again.
  await app.register(underPressure, {
    maxEventLoopDelay: 2000,
    pressureHandler: (request) => {
      if (isApi(request)) throw new DomainError('server.overloaded', { retryAfter: 5 });
    },
  });
  installOriginCheck(app, origins);
  installAccess(app, { sessions: options.sessions, cookieName: options.cookieName });

  await app.register(swagger, {
    openapi: {
      info: { title: 'Jaqyn', version: options.version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    },
    transform: describeEndpoint,
  });
  installApiPage(app);
  await installClient(app, config.clientDir);
  return app;
}

/** The description of the interface, for programs and for people. Each is made once: routes do not change after the start. */
function installApiPage(app: FastifyInstance): void {
  const options = { config: { access: 'public' }, schema: { hide: true } } as const;
  const made = new Map<string, string>();
  const once = (path: string, make: () => string): string => {
    const text = made.get(path) ?? make();
    made.set(path, text);
    return text;
  };
  app.get('/api/docs', options, async (_request, reply) => reply.redirect('/api/docs/'));
  app.get('/api/docs/', options, async (_request, reply) =>
    reply
      .header('content-security-policy', API_PAGE_CSP)
      .type('text/html; charset=utf-8')
      .send(once('page', () => renderApiPage(app.swagger() as unknown as ApiDocument))),
  );
  app.get('/api/docs/json', options, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(once('json', () => JSON.stringify(app.swagger()))),
  );
  app.get('/api/docs/yaml', options, async (_request, reply) =>
    reply.type('application/yaml').send(once('yaml', () => app.swagger({ yaml: true }))),
  );
}

/** By the route that answers, not by how the address was written: `/%61pi/session` is the same route. */
function isApi(request: FastifyRequest): boolean {
  return (request.routeOptions.url ?? request.url).startsWith('/api/');
}
