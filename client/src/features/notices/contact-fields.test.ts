import { expect, it } from 'vitest';
import { readContacts } from './contact-fields.ts';

it('reads a telephone number as it is written in the country', () => {
  const phones = ['+77012345678', '8 (701) 234-56-78', ' +7 701 234 56 78'];
  expect(phones.map((phone) => readContacts({ email: '', phone }).contacts?.phone)).toEqual(
    phones.map(() => '+77012345678'),
  );
});

it('takes empty fields: nowhere', () => {
  expect(readContacts({ email: ' ', phone: '' }).contacts).toEqual({ email: '', phone: '' });
});

it('says which field is wrong', () => {
  expect([...readContacts({ email: 'fap@', phone: '12' }).wrong].sort()).toEqual(['email', 'phone']);
  expect([...readContacts({ email: 'fap@example.kz', phone: '7012345678' }).wrong]).toEqual(['phone']);
});
