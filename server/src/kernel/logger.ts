import { pino } from 'pino';

export type Logger = import('pino').Logger;

// Whatever a careless call hands over, these never reach a log line.
const REDACTED = [
  'password',
  '*.password',
  'req.headers.cookie',
  'req.headers.authorization',
  'res.headers["set-cookie"]',
  'token',
  '*.token',
  'iin',
  '*.iin',
];

/** JSON lines to stdout; readable ones where a person watches. Level `silent` for tests. */
export function createLogger(options: { level: string; pretty: boolean }): Logger {
  return pino({
    level: options.level,
    redact: { paths: REDACTED, censor: '[redacted]' },
    ...(options.pretty && {
      transport: { target: 'pino-pretty', options: { translateTime: 'HH:MM:ss', ignore: 'pid,hostname' } },
    }),
  });
}
