import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { galleryPage } from './gallery.ts';
import type { Language, Look, Size } from './look.ts';

/** What is looked at. */
export type Place = Pick<Look, 'name' | 'login' | 'state'>;

/** The pictures of one run in their folder, written down after each: a run that is broken off has shown what it saw. */
export class Album {
  static create(folder: string, scheme: Look['scheme']): Album {
    mkdirSync(folder, { recursive: true });
    return new Album(folder, scheme);
  }

  readonly #folder: string;
  readonly #scheme: Look['scheme'];
  readonly #looks: Look[] = [];

  private constructor(folder: string, scheme: Look['scheme']) {
    this.#folder = folder;
    this.#scheme = scheme;
  }

  get summary(): string {
    const faulty = this.#looks.filter(({ faults }) => faults.length > 0);
    return `${this.#looks.length} looks, ${faulty.length} with faults: ${path.join(this.#folder, 'index.html')}`;
  }

  /** `judge` makes the picture and says what is wrong on it; where it cannot, `rescue` makes one of what is there. */
  async add(
    { name, login, state }: Place,
    language: Language,
    size: Size,
    judge: (file: string) => Promise<string[]>,
    rescue: (file: string) => Promise<unknown>,
  ): Promise<void> {
    const scheme = this.#scheme;
    const words = name.replace(/[^\p{L}\d]+/gu, '-').replace(/^-|-$/g, '');
    const file = `${[login, words, state, language, size, scheme].join('_')}.png`;
    const at = path.join(this.#folder, file);
    const faults = await judge(at).catch((error: unknown) => [`not looked at: ${String(error).split('\n')[0]}`]);
    if (faults.some((fault) => fault.startsWith('not '))) await rescue(at).catch(() => undefined);
    this.#looks.push({ name, login, state, language, size, scheme, file, faults });
    process.stderr.write(
      `${faults.length === 0 ? '·' : '✗'} ${file}${faults.map((fault) => `\n    ${fault}`).join('')}\n`,
    );
    writeFileSync(path.join(this.#folder, 'looks.json'), `${JSON.stringify(this.#looks, undefined, 1)}\n`);
    writeFileSync(path.join(this.#folder, 'index.html'), galleryPage(this.#looks));
  }
}

/** What was asked for: whose screens, and how. */
export interface Round {
  readonly album: Album;
  readonly logins: readonly string[];
  readonly languages: readonly Language[];
  readonly sizes: readonly Size[];
  /** Which of the screens. */
  readonly only: RegExp;
}
