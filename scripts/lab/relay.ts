import { type ChildProcess, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requirePackages } from '../setup/system-packages.ts';
import { type Lab, SERVER_ADDRESS } from './lab.ts';

const SECRET = 'of the lab, and of nothing else';

/** A real coturn beside the lab's server, as docs/operations.md sets it up: UDP and TCP on 3478, TLS on 443. */
export class Relay {
  /** For the server's environment. */
  static readonly environment: NodeJS.ProcessEnv = {
    JAQYN_TURN_URLS: [
      `turn:${SERVER_ADDRESS}:3478?transport=udp`,
      `turn:${SERVER_ADDRESS}:3478?transport=tcp`,
      `turns:${SERVER_ADDRESS}:443?transport=tcp`,
    ].join(','),
    JAQYN_TURN_SECRET: SECRET,
  };

  readonly #child: ChildProcess;
  readonly #said: string[] = [];

  private constructor(child: ChildProcess) {
    this.#child = child;
    for (const out of [child.stdout, child.stderr]) out?.on('data', (text: Buffer) => this.#said.push(text.toString()));
  }

  /** Resolves when it listens. Throws a SetupError where coturn is missing and may not be installed. */
  static async create(lab: Lab): Promise<Relay> {
    await requirePackages([['coturn']], { note: () => undefined, progress: () => undefined });
    const [key, cert, config] = ['relay.key', 'relay.pem', 'turnserver.conf'].map((name) => join(lab.folder, name)) as [
      string,
      string,
      string,
    ];
    const subject = ['-subj', `/CN=${SERVER_ADDRESS}`, '-addext', `subjectAltName=IP:${SERVER_ADDRESS}`];
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...made, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
    writeFileSync(
      config,
      `${[
        `listening-ip=${SERVER_ADDRESS}`,
        `relay-ip=${SERVER_ADDRESS}`,
        'listening-port=3478',
        'tls-listening-port=443',
        'min-port=49160',
        'max-port=49199',
        'use-auth-secret',
        `static-auth-secret=${SECRET}`,
        'realm=jaqyn.lab',
        `cert=${cert}`,
        `pkey=${key}`,
        'fingerprint',
        'no-cli',
        'no-multicast-peers',
        'denied-peer-ip=0.0.0.0-255.255.255.255',
        `allowed-peer-ip=${SERVER_ADDRESS}`,
        'log-file=stdout',
        `pidfile=${join(lab.folder, 'turnserver.pid')}`,
        `userdb=${join(lab.folder, 'turndb')}`,
      ].join('\n')}\n`,
    );
    const child = lab.server.spawn('turnserver', ['-c', config], { stdio: ['ignore', 'pipe', 'pipe'] });
    const relay = new Relay(child);
    await relay.#listens(lab);
    return relay;
  }

  get #log(): string {
    return this.#said.join('');
  }

  async #listens(lab: Lab): Promise<void> {
    for (let look = 0; look < 100; look += 1) {
      if (this.#child.exitCode !== null) throw new Error(`coturn ended:\n${this.#log}`);
      const ports = lab.server.run('ss', ['-Hltn']);
      if (ports.includes(':443 ') && ports.includes(':3478 ')) return;
      await sleep(100);
    }
    throw new Error(`coturn does not listen:\n${this.#log}`);
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }
}
