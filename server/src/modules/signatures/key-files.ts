import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/**
 * Private keys as files of the data folder, never in the database: PKCS #8, encrypted with a passphrase (from the environment, or from
 * a file beside them), readable by the server's user alone. Names are the caller's; nothing is ever overwritten.
 */
export class KeyFiles {
  readonly #folder: string;
  readonly #passphrase: string;

  private constructor(folder: string, passphrase: string) {
    this.#folder = folder;
    this.#passphrase = passphrase;
  }

  static create({ folder, passphrase }: { folder: string; passphrase?: string | undefined }): KeyFiles {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    return new KeyFiles(
      folder,
      passphrase ?? readOrWrite(path.join(folder, 'passphrase'), () => randomBytes(32).toString('base64url')),
    );
  }

  /** The private key of that name, made when there is none yet. */
  getOrCreateKey(name: string): KeyObject {
    const pem = readOrWrite(this.#path(`${name}.key.pem`), () =>
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: this.#passphrase })
        .toString(),
    );
    return createPrivateKey({ key: pem, passphrase: this.#passphrase });
  }

  findKey(name: string): KeyObject | undefined {
    const file = this.#path(`${name}.key.pem`);
    return existsSync(file) ? this.getOrCreateKey(name) : undefined;
  }

  /** Under the name it is looked for later: a key is made before its certificate says what it is called. */
  renameKey(from: string, to: string): void {
    renameSync(this.#path(`${from}.key.pem`), this.#path(`${to}.key.pem`));
  }

  findCertificate(name: string): Uint8Array<ArrayBuffer> | undefined {
    const file = this.#path(`${name}.cert.pem`);
    return existsSync(file) ? new Uint8Array(new X509Certificate(readFileSync(file)).raw) : undefined;
  }

  /** Answers what is stored, which is another's when another process was faster. */
  storeCertificate(name: string, der: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const pem = readOrWrite(this.#path(`${name}.cert.pem`), () => new X509Certificate(der).toString());
    return new Uint8Array(new X509Certificate(pem).raw);
  }

  #path(file: string): string {
    return path.join(this.#folder, path.basename(file));
  }
}

/** What is in the file; when there is none, what `make` makes is put there whole, or not at all. */
function readOrWrite(file: string, make: () => string): string {
  if (!existsSync(file)) {
    const temporary = `${file}.${randomBytes(6).toString('hex')}`;
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(descriptor, make());
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    try {
      // A link refuses to replace: who comes second takes what the first has written.
      linkSync(temporary, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      unlinkSync(temporary);
    }
    const folder = openSync(path.dirname(file), 'r');
    fsyncSync(folder);
    closeSync(folder);
  }
  return readFileSync(file, 'utf8');
}
