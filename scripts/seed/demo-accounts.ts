import type { Role } from '../../shared/src/auth/auth.contract.ts';
import { FELDSHERS, OFFICE_STAFF } from './content/feldshers.ts';
import { SPECIALISTS } from './content/specialists.ts';

/** The password of every demo account. It opens made-up data only; a database with real people gets no demo. */
export const DEMO_PASSWORD = 'jaqyn-demo';

export interface DemoAccount {
  readonly login: string;
  readonly password: string;
  readonly role: Role;
  /** Who it is, for the list printed at the start. */
  readonly name: string;
}

function account(role: Role, login: string, name: string, what: string): DemoAccount {
  return { role, login, password: DEMO_PASSWORD, name: `${name} (${what})` };
}

function feldsherName(login: string): string {
  return FELDSHERS.find((person) => person.login === login)?.name ?? login;
}

function officeName(login: string): string {
  return OFFICE_STAFF.find((person) => person.login === login)?.name ?? login;
}

/** The accounts worth remembering; the other demo users sign in with the same password. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  account('feldsher', 'feldsher', feldsherName('feldsher'), 'Aksu, Zhambyl Region'),
  account('feldsher', 'feldsher2', feldsherName('feldsher2'), 'Imantau, North Kazakhstan Region'),
  account('specialist', 'cardio', SPECIALISTS.cardiology.people[0]?.name ?? '', 'cardiologist, rings first'),
  account('specialist', 'cardio2', SPECIALISTS.cardiology.people[1]?.name ?? '', 'cardiologist, rings second'),
  account('specialist', 'neuro', SPECIALISTS.neurology.people[0]?.name ?? '', 'neurologist, rings first'),
  account('coordinator', 'coordinator', officeName('coordinator'), 'regional coordinator'),
  account('admin', 'admin', officeName('admin'), 'administrator'),
  account('analyst', 'analyst', officeName('analyst'), 'analyst'),
];
