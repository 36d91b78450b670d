import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../../server/src/config.ts';
import type { Store } from '../../../server/src/db/store.ts';
import { newId } from '../../../server/src/kernel/ids.ts';
import { DEMO_PASSWORD } from '../demo-accounts.ts';
import { measureCalls } from './call-measures.ts';
import { openStory, type Person, type Story } from './story-server.ts';
import { CASES, type Case } from './written-cases.ts';

const MINUTE_MS = 60_000;
const FILES = path.join(import.meta.dirname, '../content/files');

interface Patient {
  readonly id: string;
  readonly birthDate: string;
  readonly sex: 'male' | 'female';
  readonly allergies: string | null;
  readonly summaryVersion: number;
}
interface Listed {
  readonly id: string;
  readonly version: number;
  readonly questions: readonly { readonly id: string; readonly answer: object | null }[];
}
interface Conclusion {
  readonly id: string;
  readonly version: number;
}

/**
 * What a consult without a call leaves behind, told by the server itself over the last hours: cases in each state, with files, questions,
 * signatures, an amendment and answers of a patient. For a database into which the demo has just come.
 */
export async function tellRecord(store: Store, config: Config, now: Date): Promise<{ cases: number; calls: number }> {
  const calls = await measureCalls(store);
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * MINUTE_MS);
  const story = await openStory(store, config, minutesAgo(CASES[0]?.minutesAgo ?? 0));
  try {
    const people = new Map<string, Person>();
    const as = async (login: string): Promise<Person> => {
      const known = people.get(login) ?? (await story.enter(login));
      people.set(login, known);
      return known;
    };
    const station = await as('feldsher');
    const patients = await listGrownMen(station, now);
    for (const [index, one] of CASES.entries()) {
      const patient = patients[index % patients.length];
      if (patient !== undefined) await tell(one, patient, { as, story, minutesAgo });
    }
  } finally {
    story.setTime(now);
    await story.close();
  }
  return { cases: CASES.length, calls };
}

/** Nobody who needs a representative or a danger protocol: the newest of them heads the station's list of patients. */
async function listGrownMen(station: Person, now: Date): Promise<Patient[]> {
  const { patients } = await station.ask<{ patients: Patient[] }>('GET', '/api/patients?limit=50');
  const latestBirth = `${now.getUTCFullYear() - 25}`;
  return patients.filter(
    ({ sex, birthDate, allergies }) => sex === 'male' && birthDate < latestBirth && allergies !== null,
  );
}

interface Stage {
  as(login: string): Promise<Person>;
  readonly story: Story;
  minutesAgo(minutes: number): Date;
}

async function tell(one: Case, patient: Patient, { as, story, minutesAgo }: Stage): Promise<void> {
  const station = await as('feldsher');
  const office = await as('coordinator');
  let at = one.minutesAgo;
  const later = (minutes: number) => {
    at -= minutes;
    story.setTime(minutesAgo(at));
  };
  later(0);
  const id = newId<string>();
  const url = `/api/consultations/${id}`;
  const version = async (who: Person) => (await who.ask<Listed>('GET', url)).version;
  await station.ask('POST', '/api/planned-consultations', {
    id,
    patientId: patient.id,
    specialty: one.specialty,
    urgency: one.urgency,
    reason: one.reason,
    vitals: one.vitals,
    isWritten: true,
    card: {
      complaints: one.complaints,
      anamnesis: one.anamnesis,
      urgencyReason: '',
      pregnancy: 'not_asked',
      notPossible: {},
      confirmedSummary: patient.summaryVersion,
      consent: await consentOf(station),
    },
  });
  const send = async (files: Case['files']) => {
    for (const { file, kind, note } of files) {
      await station.send(id, { kind, note, fileName: file, bytes: await readFile(path.join(FILES, file)) });
    }
  };
  await send(one.files);

  const { decided } = one;
  if (decided.kind === 'waits') return;
  later(6);
  switch (decided.kind) {
    case 'declined':
      await office.ask('POST', `${url}/triage/decline`, {
        baseVersion: await version(office),
        reason: decided.reason,
        note: decided.note,
      });
      return;
    case 'redirected':
      await office.ask('POST', `${url}/triage/redirect`, {
        baseVersion: await version(office),
        specialty: decided.to,
        region: null,
        reason: 'wrong_specialty',
        note: decided.note,
      });
      return;
    case 'asked':
      await askStation(office, await version(office), decided.question);
      return;
    case 'taken':
      break;
  }

  const specialist = await as(decided.by);
  await specialist.ask('POST', `${url}/triage/accept`, {
    baseVersion: await version(specialist),
    how: 'written',
    practitionerId: null,
  });
  if (decided.question) {
    later(4);
    const questionId = await askStation(specialist, await version(specialist), decided.question.words);
    later(9);
    await send(decided.question.files);
    await station.ask('POST', `${url}/questions/${questionId}/answer`, { answer: decided.question.answer, vitals: {} });
  }
  const { conclusion } = decided;
  if (conclusion === undefined) return;
  later(12);
  const saved = await specialist.ask<Conclusion>('PUT', `${url}/conclusion`, { baseVersion: 0, content: conclusion });
  await sign(specialist, url);
  if (decided.amended) {
    later(15);
    const draft = await specialist.ask<Conclusion>('POST', `${url}/conclusion/amend`, {
      reason: decided.amended.reason,
    });
    const content = { ...conclusion, ...decided.amended.content };
    await specialist.ask('PUT', `${url}/conclusion`, { baseVersion: draft.version, content });
    await sign(specialist, url);
  }
  if (!decided.isRead) return;
  later(10);
  await station.ask('POST', `${url}/receive`);
  const answers = conclusion.recommendations.map((_, index) => ({ index, kind: 'done', reason: '' }));
  await station.ask('POST', `${url}/acknowledge`, { compositionId: saved.id, answers, tasks: [] });

  async function askStation(who: Person, baseVersion: number, question: string): Promise<string> {
    const questionId = newId<string>();
    await who.ask('POST', `${url}/triage/ask`, { baseVersion, id: questionId, question });
    return questionId;
  }
}

async function sign(specialist: Person, url: string): Promise<void> {
  const { sha256 } = await specialist.ask<{ sha256: string }>('POST', `${url}/conclusion/preview`);
  await specialist.ask('POST', `${url}/conclusion/sign`, { sha256, password: DEMO_PASSWORD });
}

async function consentOf(station: Person): Promise<object> {
  const { texts } = await station.ask<{ texts: { id: string; sha256: string; language: string }[] }>(
    'GET',
    '/api/consent-texts',
  );
  const text = texts.find(({ language }) => language === 'kk');
  return {
    kind: 'given',
    id: newId<string>(),
    textId: text?.id,
    sha256: text?.sha256,
    method: 'oral',
    representative: '',
  };
}
