import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Signature } from '../../shared/domain/receipt.ts';
import type { StaffReview } from '../../shared/domain/review.ts';
import type { StaffRole } from '../../shared/domain/staff.ts';
import {
  staffDecisionText,
  type SignedStaffDecision,
  type StaffDecisionBody,
} from '../../shared/protocol/kv1-staff-decisions.ts';

/** What the people who decide were at that time; null where nobody knows any more. */
export interface DecidingRoles {
  readonly staff: StaffRole | null;
  readonly second: StaffRole | null;
}

export interface SigningDevice {
  /** Signs UTF-8 text with the device's key. */
  sign(text: string): Signature;
}

/** A decision as the verifier is told of it: signed, and without the note, which stays here. */
export function signedStatement(
  certifyId: string,
  review: StaffReview,
  roles: DecidingRoles,
  device: SigningDevice,
): SignedStaffDecision {
  const { revision, receiptHash, decision, reason, override, staffId, secondStaffId, decidedAtMs } = review;
  const body: StaffDecisionBody = {
    v: 1,
    certifyId,
    revision,
    receiptHash,
    decision,
    reason,
    override,
    staff: { staffId, role: roles.staff },
    second: secondStaffId === null ? null : { staffId: secondStaffId, role: roles.second },
    decidedAtMs,
  };
  return { body, device: device.sign(staffDecisionText(body)) };
}

/** The text that is kept of it. */
export function statementText(statement: SignedStaffDecision): string {
  return canonicalJson(statement);
}
