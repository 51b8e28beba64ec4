import { z } from 'zod';
import { STAFF_RIGHTS, staffIdSchema, staffRoleSchema, type StaffRole } from '../domain/staff.ts';
import { staffNameSchema } from '../domain/staff-name.ts';
import { newSecretSchema } from '../domain/staff-secret.ts';
import {
  credentialsSchema,
  firstAdministratorSchema,
  ownSecretSchema,
  type StaffChoice,
  type StaffGate,
} from './staff.ts';

/** Somebody of the staff as administrators see them. */
export interface StaffEntry {
  readonly staffId: string;
  readonly name: string;
  readonly role: StaffRole;
  /** Somebody who isn't can't sign in. */
  readonly active: boolean;
  readonly createdAtMs: number;
  /** Null: never. */
  readonly lastSignInAtMs: number | null;
  readonly lockedForSeconds: number | null;
}

export interface StaffList {
  /** Goes up with every change; a change names the one that it was made from. */
  readonly revision: number;
  readonly entries: readonly StaffEntry[];
}

const revision = z.int().nonnegative();

/** Somebody who is added. */
export const newStaffSchema = z.strictObject({
  revision,
  name: staffNameSchema,
  role: staffRoleSchema,
  secret: newSecretSchema,
});
export type NewStaff = z.infer<typeof newStaffSchema>;

/** Somebody who is called otherwise, may do other things, or may no longer sign in. */
export const staffChangeSchema = z.strictObject({
  revision,
  staffId: staffIdSchema,
  name: staffNameSchema,
  role: staffRoleSchema,
  active: z.boolean(),
});
export type StaffChange = z.infer<typeof staffChangeSchema>;

/** A new secret for somebody else, which also ends their lock-out. */
export const staffResetSchema = z.strictObject({ revision, staffId: staffIdSchema, secret: newSecretSchema });
export type StaffReset = z.infer<typeof staffResetSchema>;

export const staffRemovalSchema = z.strictObject({ revision, staffId: staffIdSchema });
export type StaffRemoval = z.infer<typeof staffRemovalSchema>;

/** Channels of who may use the windows: request schema by channel. */
export const ADMIN_STAFF_CHANNELS = {
  'admin:gate': z.null(),
  'admin:create-first': firstAdministratorSchema,
  'admin:sign-in': credentialsSchema,
  'admin:sign-out': z.null(),
  'admin:change-own-secret': ownSecretSchema,
  /** Who could confirm something that needs this right. */
  'admin:staff-choices': z.strictObject({ right: z.enum(STAFF_RIGHTS) }),
  'admin:staff': z.null(),
  'admin:create-staff': newStaffSchema,
  'admin:change-staff': staffChangeSchema,
  'admin:reset-staff-secret': staffResetSchema,
  'admin:remove-staff': staffRemovalSchema,
} as const;

export interface AdminStaffAnswers {
  'admin:gate': StaffGate;
  'admin:create-first': StaffGate;
  'admin:sign-in': StaffGate;
  'admin:sign-out': StaffGate;
  'admin:change-own-secret': StaffGate;
  'admin:staff-choices': readonly StaffChoice[];
  'admin:staff': StaffList;
  'admin:create-staff': StaffList;
  'admin:change-staff': StaffList;
  'admin:reset-staff-secret': StaffList;
  'admin:remove-staff': StaffList;
}
