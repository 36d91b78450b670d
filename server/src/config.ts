import { availableParallelism } from 'node:os';
import path from 'node:path';
import { MEDIA_PROFILE_NAMES, type MediaProfileName } from '@jaqyn/shared/media/media-profile';
import * as z from 'zod/mini';
import { DomainError } from './kernel/domain-error.ts';

// Digits only: Number() would read a space as 0 and take any free port.
const port = z.pipe(
  z.pipe(z.string().check(z.regex(/^\d{1,5}$/)), z.transform(Number)),
  z.number().check(z.maximum(65535)),
);
const flag = z.stringbool();
const list = z.pipe(
  z.string(),
  z.transform((text: string) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  ),
);

// Not just any URL: the origin of `data:` is the word null, which a sandboxed page of anybody sends.
const origin = z.url({ protocol: /^https?$/ });

/** Environment variables the server reads; README lists them. Unset means the default. */
const Environment = z.object({
  PORT: z._default(port, 3000),
  HOST: z._default(z.string(), '127.0.0.1'),
  JAQYN_DATA_DIR: z._default(z.string(), 'data'),
  /** Address people type, for cookies and the Origin list, for example https://jaqyn.example.kz. */
  JAQYN_PUBLIC_ORIGIN: z.optional(origin),
  /** More origins that may open sockets and post, comma separated. */
  JAQYN_ALLOWED_ORIGINS: z._default(z.pipe(list, z.array(origin)), []),
  /** Directory of the built client; empty serves none. */
  JAQYN_CLIENT_DIR: z.optional(z.string()),
  JAQYN_LOG_LEVEL: z._default(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']), 'info'),
  JAQYN_LOG_PRETTY: z.optional(flag),
  JAQYN_SESSION_HOURS: z._default(z.coerce.number().check(z.positive(), z.maximum(72)), 12),
  /** Who signs: the house's own authority (not qualified), or NCALayer on the signer's computer, verified by NCANode. */
  JAQYN_SIGNER: z._default(z.enum(['local', 'ncalayer']), 'local'),
  /** Encrypts the private keys in the data folder; unset makes one and keeps it beside them. */
  JAQYN_KEY_PASSPHRASE: z.optional(z.string().check(z.minLength(16))),
  /** Signed checkpoints of the audit log; a file on another disk or machine is worth more. Unset is the data folder. */
  JAQYN_WITNESS_FILE: z.optional(z.string()),
  /** Where NCANode listens. */
  JAQYN_NCANODE_URL: z._default(origin, 'http://127.0.0.1:14579'),
  /** Megabytes of the data folder's disk that files of consultations leave free, for the database. */
  JAQYN_FILES_FLOOR_MB: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 512),
  /** Seconds a rung of the ladder rings before the next one. */
  JAQYN_RING_SECONDS: z._default(z.coerce.number().check(z.positive(), z.maximum(3600)), 45),
  /** Behind a reverse proxy on this machine: believe its X-Forwarded-* headers. */
  JAQYN_TRUST_PROXY: z._default(flag, false),
  /** First UDP/TCP port of the WebRTC servers, one port a worker; 0 takes free ones. */
  JAQYN_RTC_PORT: z._default(port, 40000),
  JAQYN_RTC_LISTEN_IPS: z._default(z.pipe(list, z.array(z.union([z.ipv4(), z.ipv6()])).check(z.minLength(1))), [
    '127.0.0.1',
  ]),
  /** Address told to clients, when it differs from the listening one (NAT). */
  JAQYN_RTC_ANNOUNCED_ADDRESS: z.optional(z.string()),
  /** Relays (TURN) for closed networks, comma separated, as browsers take them, for example turns:turn.example.kz:443?transport=tcp. */
  JAQYN_TURN_URLS: z._default(
    z.pipe(list, z.array(z.string().check(z.regex(/^turns?:[^\s/]+$/), z.maxLength(256))).check(z.maxLength(8))),
    [],
  ),
  /** coturn's static-auth-secret; needed with JAQYN_TURN_URLS. */
  JAQYN_TURN_SECRET: z.optional(z.string().check(z.minLength(16))),
  /** How long a credential that was handed out opens the relay. */
  JAQYN_TURN_HOURS: z._default(z.coerce.number().check(z.positive(), z.maximum(72)), 12),
  JAQYN_MEDIA_WORKERS: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(64))),
  /** `stock` is what benches compare with (docs/lab.md); people get `fitted`. */
  JAQYN_MEDIA_PROFILE: z._default(z.enum(MEDIA_PROFILE_NAMES), 'fitted'),
  /** Where e-mail goes out, as nodemailer takes it, for example smtps://user:password@mail.example.kz; unset sends none. */
  JAQYN_SMTP_URL: z.optional(z.url({ protocol: /^smtps?$/ })),
  /** Who the e-mail is from; needed with JAQYN_SMTP_URL. */
  JAQYN_MAIL_FROM: z._default(z.string(), 'Jaqyn <no-reply@localhost>'),
  /** HTTP gateway that sends SMS; unset sends none. */
  JAQYN_SMS_URL: z.optional(z.url({ protocol: /^https?$/ })),
  /** JSON the gateway wants, with {to}, {text} and {id} in it. */
  JAQYN_SMS_BODY: z._default(z.string(), '{"to":"{to}","text":"{text}","id":"{id}"}'),
  /** The Authorization header of the gateway. */
  JAQYN_SMS_AUTHORIZATION: z.optional(z.string()),
  /** Set by set-up to the verified worker; mediasoup reads it itself. */
  MEDIASOUP_WORKER_BIN: z.optional(z.string()),
});

export type Config = Readonly<{
  host: string;
  port: number;
  dataDir: string;
  databasePath: string;
  publicOrigin: string | undefined;
  allowedOrigins: readonly string[];
  clientDir: string | undefined;
  isSecure: boolean;
  trustProxy: boolean;
  log: Readonly<{ level: string; pretty: boolean }>;
  sessionHours: number;
  ringSeconds: number;
  /** Bytes of the disk that files leave free. */
  filesFloorBytes: number;
  /** Ways out of the house that are switched on. */
  notices: Readonly<{
    email: Readonly<{ url: string; from: string }> | undefined;
    sms: Readonly<{ url: string; body: string; authorization: string | undefined }> | undefined;
  }>;
  signing:
    | Readonly<{ method: 'local'; folder: string; passphrase: string | undefined }>
    | Readonly<{ method: 'ncalayer'; ncaNodeUrl: string }>;
  witness: Readonly<{ file: string; keyFolder: string; passphrase: string | undefined }>;
  rtc: Readonly<{
    port: number;
    listenIps: readonly string[];
    announcedAddress: string | undefined;
    workers: number;
    profile: MediaProfileName;
    relay: Readonly<{ urls: readonly string[]; secret: string; hours: number }> | undefined;
  }>;
}>;

/** Reads the environment once. Throws `server.config_invalid` naming each variable that is wrong. */
export function loadConfig(environment: NodeJS.ProcessEnv, root: string): Config {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(filled);
  if (!parsed.success) {
    throw new DomainError('server.config_invalid', {
      fields: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), code: issue.message })),
    });
  }
  const env = parsed.data;
  const dataDir = path.resolve(root, env.JAQYN_DATA_DIR);
  return Object.freeze({
    host: env.HOST,
    port: env.PORT,
    dataDir,
    databasePath: path.join(dataDir, 'jaqyn.db'),
    publicOrigin: env.JAQYN_PUBLIC_ORIGIN,
    allowedOrigins: env.JAQYN_ALLOWED_ORIGINS,
    clientDir: env.JAQYN_CLIENT_DIR === undefined ? undefined : path.resolve(root, env.JAQYN_CLIENT_DIR),
    isSecure: env.JAQYN_PUBLIC_ORIGIN?.startsWith('https://') ?? false,
    trustProxy: env.JAQYN_TRUST_PROXY,
    log: { level: env.JAQYN_LOG_LEVEL, pretty: env.JAQYN_LOG_PRETTY ?? process.stdout.isTTY === true },
    sessionHours: env.JAQYN_SESSION_HOURS,
    ringSeconds: env.JAQYN_RING_SECONDS,
    filesFloorBytes: env.JAQYN_FILES_FLOOR_MB * 1024 * 1024,
    notices: {
      email: env.JAQYN_SMTP_URL === undefined ? undefined : { url: env.JAQYN_SMTP_URL, from: env.JAQYN_MAIL_FROM },
      sms:
        env.JAQYN_SMS_URL === undefined
          ? undefined
          : { url: env.JAQYN_SMS_URL, body: env.JAQYN_SMS_BODY, authorization: env.JAQYN_SMS_AUTHORIZATION },
    },
    signing:
      env.JAQYN_SIGNER === 'local'
        ? { method: 'local' as const, folder: path.join(dataDir, 'keys'), passphrase: env.JAQYN_KEY_PASSPHRASE }
        : { method: 'ncalayer' as const, ncaNodeUrl: env.JAQYN_NCANODE_URL },
    witness: {
      file: path.resolve(root, env.JAQYN_WITNESS_FILE ?? path.join(dataDir, 'witness', 'checkpoints.jsonl')),
      keyFolder: path.join(dataDir, 'keys'),
      passphrase: env.JAQYN_KEY_PASSPHRASE,
    },
    rtc: {
      port: env.JAQYN_RTC_PORT,
      listenIps: env.JAQYN_RTC_LISTEN_IPS,
      announcedAddress: env.JAQYN_RTC_ANNOUNCED_ADDRESS,
      workers: env.JAQYN_MEDIA_WORKERS ?? availableParallelism(),
      profile: env.JAQYN_MEDIA_PROFILE,
      relay: relayOf(env),
    },
  });
}

/** Neither without the other: a relay nobody may use, and a secret for nothing, are both mistakes. */
function relayOf({
  JAQYN_TURN_URLS: urls,
  JAQYN_TURN_SECRET: secret,
  JAQYN_TURN_HOURS: hours,
}: z.output<typeof Environment>): Config['rtc']['relay'] {
  if (urls.length === 0 && secret === undefined) return undefined;
  if (urls.length > 0 && secret !== undefined) return { urls, secret, hours };
  const path = secret === undefined ? 'JAQYN_TURN_SECRET' : 'JAQYN_TURN_URLS';
  throw new DomainError('server.config_invalid', { fields: [{ path, code: 'needed_with_the_other' }] });
}
