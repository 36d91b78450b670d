import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { PractitionerId, SpecialtyCode, StationId, UserId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';

export const ROLES = ['feldsher', 'specialist', 'coordinator', 'admin', 'analyst'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const LANGUAGES = ['kk', 'ru', 'en'] as const;
export const Language = z.enum(LANGUAGES);
export type Language = z.infer<typeof Language>;

/** A text in the three languages of use. */
export const LocalText = z.object({ kk: z.string(), ru: z.string(), en: z.string() });
export type LocalText = z.infer<typeof LocalText>;

/** Who is signed in, as the client sees it. */
export const CurrentUser = z.object({
  id: UserId,
  login: z.string(),
  displayName: z.string(),
  role: Role,
  language: Language,
  station: z.nullable(z.object({ id: StationId, name: LocalText })),
  practitioner: z.nullable(z.object({ id: PractitionerId, specialty: SpecialtyCode })),
  sessionExpiresAt: Instant,
});
export type CurrentUser = z.infer<typeof CurrentUser>;

export const signIn = endpoint({
  method: 'POST',
  path: '/api/session',
  summary: 'Sign in; the session comes back in an HttpOnly cookie',
  body: z.object({
    login: z.string().check(z.minLength(1), z.maxLength(64)),
    password: z.string().check(z.minLength(1), z.maxLength(128)),
  }),
  response: CurrentUser,
});

export const getCurrentUser = endpoint({
  method: 'GET',
  path: '/api/session',
  summary: 'Who is signed in',
  response: CurrentUser,
});

export const signOut = endpoint({
  method: 'DELETE',
  path: '/api/session',
  summary: 'Sign out: ends this session over HTTP, socket and media at once',
  response: z.object({ signedOut: z.literal(true) }),
});

export const setLanguage = endpoint({
  method: 'PUT',
  path: '/api/session/language',
  summary: 'Remember the language of the interface for this user',
  body: z.object({ language: Language }),
  response: CurrentUser,
});
