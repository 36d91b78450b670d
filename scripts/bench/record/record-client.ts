import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '../../../server/src/kernel/ids.ts';
import type { Random } from '../../seed/random.ts';
import { type Cast, type Draft, type Member, PASSWORD } from './record-cast.ts';

export const OPERATIONS = [
  'searchName',
  'searchIin',
  'searchBirthDate',
  'searchStation',
  'recentPatients',
  'worklistSpecialist',
  'worklistStation',
  'worklistCoordinator',
  'patientTimeline',
  'requestTimeline',
  'searchTexts',
  'autosave',
  'createRequest',
  'sign',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Some that most texts of the world have, some that few have. */
const WORDS = ['қан қысымы', 'жүрегі', 'бас', 'шаншиды', 'гипертензия', 'қашықтан қара', 'инсульт', 'j06'];

const BUSY = 503;
const BUSY_PAUSE_MS = 1000;

export const READS: readonly Operation[] = OPERATIONS.slice(0, 11);

/** The clients of the bench: each operation as a browser sends it. Throws where an answer is not what it should be. */
export class RecordClient {
  /** Milliseconds by operation, from the sending to the last byte. */
  readonly took = new Map<string, number[]>();
  readonly #url: string;
  readonly #cast: Cast;
  readonly #random: Random;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  #signed = 0;
  #asked = 0;
  /** Answers that said "overloaded, try again". */
  busy = 0;
  #saved = 0;

  constructor({ url, cast, random }: { url: string; cast: Cast; random: Random }) {
    this.#url = url;
    this.#cast = cast;
    this.#random = random;
  }

  /** False for signing when every draft is signed. */
  can(operation: Operation): boolean {
    return operation !== 'sign' || this.#signed < this.#cast.toSign.length;
  }

  forget(): void {
    this.took.clear();
  }

  close(): void {
    this.#agent.destroy();
  }

  async run(operation: Operation): Promise<void> {
    const { coordinators, feldshers, specialists, patients, requests, drafts } = this.#cast;
    const random = this.#random;
    const patient = random.pick(patients);
    const coordinator = random.pick(coordinators);
    switch (operation) {
      case 'searchName':
        return this.#search(operation, coordinator, this.#typedName(patient.search_key));
      case 'searchIin':
        return this.#search(operation, coordinator, patient.iin ?? '8');
      case 'searchBirthDate':
        return this.#search(operation, coordinator, patient.birth_date);
      case 'searchStation':
        return this.#search(operation, random.pick(feldshers), this.#typedName(patient.search_key));
      case 'recentPatients':
        return this.#search(operation, random.chance(0.5) ? random.pick(feldshers) : coordinator, '');
      case 'worklistSpecialist':
        return void (await this.#ask(operation, random.pick(specialists), 'GET', '/api/consultations'));
      case 'worklistStation':
        return void (await this.#ask(operation, random.pick(feldshers), 'GET', '/api/consultations'));
      case 'worklistCoordinator':
        return void (await this.#ask(operation, coordinator, 'GET', '/api/consultations'));
      case 'patientTimeline': {
        const path = `/api/consultations?view=recent&patientId=${patient.id}`;
        return void (await this.#ask(operation, coordinator, 'GET', path));
      }
      case 'requestTimeline':
        return void (await this.#ask(
          operation,
          coordinator,
          'GET',
          `/api/consultations/${random.pick(requests)}/timeline`,
        ));
      case 'searchTexts': {
        const member = random.chance(0.5) ? coordinator : random.pick(feldshers);
        const path = `/api/consultation-texts?q=${encodeURIComponent(random.pick(WORDS))}`;
        return void (await this.#ask(operation, member, 'GET', path));
      }
      case 'autosave':
        return this.#save(drafts[this.#turn()]);
      case 'createRequest':
        return this.#create();
      case 'sign': {
        const draft = this.#cast.toSign[this.#signed];
        this.#signed += 1;
        if (draft === undefined) throw new Error('every draft is signed');
        return this.#sign(draft);
      }
    }
  }

  #turn(): number {
    this.#saved += 1;
    return this.#saved % this.#cast.drafts.length;
  }

  /** As it is typed: a part of one name, or of two. */
  #typedName(searchKey: string): string {
    const words = searchKey.split(' ');
    const part = (word: string) => word.slice(0, this.#random.int(3, Math.max(3, word.length)));
    const [family = '', given = ''] = words;
    if (this.#random.chance(0.4)) return part(family);
    return this.#random.chance(0.8) ? `${family} ${part(given)}` : `${part(given)} ${part(family)}`;
  }

  async #search(operation: Operation, member: Member, q: string): Promise<void> {
    await this.#ask(operation, member, 'GET', `/api/patients?q=${encodeURIComponent(q)}`);
  }

  /** Few members ask for a whole country: of one address so many requests would be refused. */
  #nextAddress(): string {
    this.#asked += 1;
    return `10.${(this.#asked >> 8) & 15}.${this.#asked & 255}.1`;
  }

  /** In turn: two at once on one draft are two tabs, of which the later one is refused. */
  async #save(draft: Draft | undefined): Promise<void> {
    if (draft === undefined) throw new Error('there are no drafts');
    const baseVersion = draft.version;
    draft.version += 1;
    const content = { ...draft.content, furtherTests: `Жалпы қан талдауы ${baseVersion}` };
    const path = `/api/consultations/${draft.requestId}/conclusion`;
    await this.#ask('autosave', draft.author, 'PUT', path, { baseVersion, content });
  }

  async #create(): Promise<void> {
    const feldsher = this.#random.pick(this.#cast.feldshers);
    await this.#ask('createRequest', feldsher, 'POST', '/api/planned-consultations', {
      id: newId<string>(),
      patientId: this.#random.pick(feldsher.patients),
      specialty: this.#random.pick(['cardiology', 'neurology', 'therapy']),
      urgency: 'routine',
      reason: 'Қан қысымы көтеріледі, басы айналады, емнен кейін де түспейді',
      vitals: { systolic: 164, diastolic: 96, heartRate: 88, spo2: 96 },
    });
  }

  /** The whole way: the page that is checked, and the signature with the password typed again. */
  async #sign({ requestId, author }: Draft): Promise<void> {
    const path = `/api/consultations/${requestId}/conclusion`;
    const preview = await this.#ask<{ sha256: string; manifestSha256: string }>(
      'preview',
      author,
      'POST',
      `${path}/preview`,
      undefined,
    );
    const { sha256, manifestSha256 } = preview;
    await this.#ask('sign', author, 'POST', `${path}/sign`, { sha256, manifestSha256, password: PASSWORD });
  }

  async #ask<T>(name: string, member: Member, method: string, path: string, body?: unknown): Promise<T> {
    const from = performance.now();
    let { status, text } = await this.#send(member, method, path, body);
    // What the server says when it is behind; the time counts on, as it does for whoever waits.
    for (; status === BUSY; this.busy += 1) {
      await delay(BUSY_PAUSE_MS);
      ({ status, text } = await this.#send(member, method, path, body));
    }
    const took = performance.now() - from;
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 300)}`);
    const known = this.took.get(name);
    if (known === undefined) this.took.set(name, [took]);
    else known.push(took);
    return JSON.parse(text) as T;
  }

  #send(member: Member, method: string, path: string, body: unknown): Promise<{ status: number; text: string }> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const request = http.request(`${this.#url}${path}`, {
        method,
        agent: this.#agent,
        headers: {
          cookie: member.cookie,
          origin: this.#url,
          'x-forwarded-for': this.#nextAddress(),
          ...(payload !== undefined && { 'content-type': 'application/json' }),
        },
      });
      request.once('error', reject);
      request.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      request.end(payload);
    });
  }
}
