import { z } from 'zod';
import { staffIdSchema, type StaffMember, type StaffRight } from '../domain/staff.ts';
import { staffNameSchema } from '../domain/staff-name.ts';
import { newSecretSchema, typedSecretSchema } from '../domain/staff-secret.ts';

/** The windows that somebody of the staff signs in to, each by itself. */
export const STAFF_WINDOWS = ['admin', 'clerk'] as const;
export type StaffWindow = (typeof STAFF_WINDOWS)[number];

/** Somebody who may sign in. */
export interface StaffChoice {
  readonly staffId: string;
  readonly name: string;
  /** Wrong tries that are left before this account is locked. */
  readonly triesLeft: number;
  /** Seconds for which this account is locked; null when it isn't. */
  readonly lockedForSeconds: number | null;
}

/** What a window of the staff shows first. */
export type StaffGate =
  | { readonly state: 'no-staff' }
  /** Nobody can sign in at this window now, whoever they are. */
  | { readonly state: 'locked'; readonly retryInSeconds: number }
  | { readonly state: 'signed-out'; readonly choices: readonly StaffChoice[] }
  | { readonly state: 'signed-in'; readonly staff: StaffMember; readonly rights: readonly StaffRight[] };

/** Who somebody says they are, and what proves it. */
export const credentialsSchema = z.strictObject({ staffId: staffIdSchema, secret: typedSecretSchema });
export type Credentials = z.infer<typeof credentialsSchema>;

export const firstAdministratorSchema = z.strictObject({ name: staffNameSchema, secret: newSecretSchema });
export type FirstAdministrator = z.infer<typeof firstAdministratorSchema>;

export const ownSecretSchema = z.strictObject({ current: typedSecretSchema, secret: newSecretSchema });
export type OwnSecretChange = z.infer<typeof ownSecretSchema>;
