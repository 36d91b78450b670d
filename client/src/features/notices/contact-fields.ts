import { NoticeContactsInput } from '@jaqyn/shared/notices/notice.contract';

export interface ContactFields {
  readonly email: string;
  readonly phone: string;
}

export interface ReadContacts {
  /** As the server takes them; undefined while something is wrong. */
  readonly contacts: { email: string; phone: string } | undefined;
  readonly wrong: ReadonlySet<keyof ContactFields>;
}

/** What was typed: spaces, brackets and dashes of a telephone number mean nothing, and a number that begins with 8 is one of the country. */
export function readContacts({ email, phone }: ContactFields): ReadContacts {
  const digits = phone.replace(/[\s()-]/g, '');
  const typed = { email: email.trim(), phone: /^8\d{10}$/.test(digits) ? `+7${digits.slice(1)}` : digits };
  const parsed = NoticeContactsInput.safeParse(typed);
  if (parsed.success) return { contacts: parsed.data, wrong: new Set() };
  const wrong = new Set(parsed.error.issues.map(({ path }) => path[0] as keyof ContactFields));
  return { contacts: undefined, wrong };
}
