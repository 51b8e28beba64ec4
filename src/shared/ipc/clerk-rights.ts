import type { StaffRight } from '../domain/staff.ts';
import type { ClerkChannel } from './clerk.ts';

/** What each channel of the clerk's window needs: a right, that somebody has signed in, or nothing (null). */
export const CLERK_RIGHTS: Readonly<Record<ClerkChannel, StaffRight | 'signed-in' | null>> = {
  'clerk:brand': null,
  'clerk:gate': null,
  'clerk:create-first': null,
  'clerk:sign-in': null,
  'clerk:sign-out': null,
  'clerk:change-own-secret': 'signed-in',
  'clerk:live': 'signed-in',
  'clerk:pictures': 'see-evidence',
  'clerk:answer-call': 'certify',
  'clerk:scenes': 'certify',
  'clerk:start': 'certify',
  'clerk:take-back': 'certify',
  'clerk:cancel': 'certify',
  'clerk:queue': 'see-records',
  'clerk:records': 'see-records',
  'clerk:case': 'see-records',
  'clerk:evidence': 'see-evidence',
  'clerk:staff-choices': 'decide-reviews',
  'clerk:decide': 'decide-reviews',
  'clerk:override': 'override',
  'clerk:receipt': 'see-records',
  'clerk:print': 'see-records',
  // It asks for itself who is there.
  'clerk:open-admin': null,
};

/** What the window asks by itself: it keeps nobody signed in. */
export const CLERK_POLLED: ReadonlySet<Exclude<ClerkChannel, 'clerk:open-admin'>> = new Set<
  Exclude<ClerkChannel, 'clerk:open-admin'>
>(['clerk:live', 'clerk:pictures', 'clerk:queue', 'clerk:records']);
