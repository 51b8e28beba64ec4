import { z } from 'zod';

export const STAFF_ROLES = ['operator', 'reviewer', 'auditor', 'administrator'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** What a person of the staff may do in a window; each channel of the windows needs one of them. */
export const STAFF_RIGHTS = [
  'certify',
  'see-records',
  /** Records of other days than today's, and searching among them. */
  'see-past-records',
  'see-evidence',
  'see-reports',
  'see-settings',
  'see-audit',
  'decide-reviews',
  'override',
  'export-records',
  'export-audit',
  'test-devices',
  'change-settings',
  'change-staff',
  'erase-subjects',
  'maintain',
] as const;
export type StaffRight = (typeof STAFF_RIGHTS)[number];

/**
 * An operator serves people; a reviewer also decides about them; an auditor sees everything and changes nothing; an
 * administrator changes what is set, and decides about nobody alone: an override asks for a second person whoever makes
 * it.
 */
export const RIGHTS_OF: Readonly<Record<StaffRole, readonly StaffRight[]>> = {
  operator: ['certify', 'see-records', 'test-devices'],
  reviewer: [
    'certify',
    'see-records',
    'see-past-records',
    'see-evidence',
    'see-reports',
    'decide-reviews',
    'override',
    'test-devices',
  ],
  auditor: [
    'see-records',
    'see-past-records',
    'see-evidence',
    'see-reports',
    'see-settings',
    'see-audit',
    'export-records',
    'export-audit',
  ],
  administrator: STAFF_RIGHTS,
};

export const staffIdSchema = z.uuid();
export const staffRoleSchema = z.enum(STAFF_ROLES);

/** Somebody who has signed in. */
export interface StaffMember {
  readonly staffId: string;
  readonly name: string;
  readonly role: StaffRole;
}

/** Goes by the role alone: whether its holder is signed in and switched on is for the caller to know. */
export function hasRight(role: StaffRole, right: StaffRight): boolean {
  return RIGHTS_OF[role].includes(right);
}
