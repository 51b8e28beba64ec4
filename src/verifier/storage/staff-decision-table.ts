/** What the staff of a device decided about a record of it; append-only. */
export interface StaffDecisionTable {
  certify_id: string;
  /** 1 for the first; the last one counts. */
  revision: number;
  device_id: string;
  decision: string;
  reason: string;
  staff_id: string;
  second_staff_id: string | null;
  /** `SignedStaffDecision`, JSON. */
  signed: string;
  /** `StaffDecisionReceipt`, JSON. */
  receipt: string;
  decided_at_ms: number;
  accepted_at_ms: number;
}
