import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Clock } from '../../shared/clock.ts';
import { OUTCOME_OF_REVIEW } from '../../shared/domain/review.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import {
  signedStaffDecisionSchema,
  staffDecisionReceiptSchema,
  staffDecisionText,
  type RecordAnswer,
  type SignedStaffDecision,
  type StaffDecisionReceipt,
} from '../../shared/protocol/kv1-staff-decisions.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Device } from '../device-registry.ts';
import { problem } from '../problems.ts';
import { isSignedByDevice } from '../receipt-rules.ts';
import type { ServerKey } from '../server-key.ts';
import type { Queries, VerifierDatabase } from '../storage/database.ts';
import type { Row } from '../storage/tables.ts';

export interface StaffDecisionDesk {
  /**
   * Keeps what the staff of a device decided about a record of it, durably when this settles; the same once more gives the
   * same receipt.
   *
   * @returns `record_missing` and `decision_early`, which pass, `decision_invalid` naming what is wrong, and
   *   `idempotency_conflict` where another decision has this number
   */
  accept(device: Device, signed: SignedStaffDecision): Promise<Result<StaffDecisionReceipt, Problem>>;
}

export interface StaffDecisionParts {
  readonly database: VerifierDatabase;
  readonly serverKey: Pick<ServerKey, 'sign'>;
  readonly clock: Clock;
}

/** Fails where it can't be told any better than by sending it once more; soon enough for whoever waits for it. */
const AGAIN_MS = 60_000;

/**
 * A decision, its receipt and the state that it gives the record are one transaction; those of a record are taken in
 * the order of their numbers.
 */
export function createStaffDecisionDesk(parts: StaffDecisionParts): StaffDecisionDesk {
  return {
    accept: (device, signed) => parts.database.transaction((queries) => acceptWithin(queries, device, signed, parts)),
  };
}

async function acceptWithin(
  queries: Queries,
  device: Device,
  signed: SignedStaffDecision,
  { serverKey, clock }: StaffDecisionParts,
): Promise<Result<StaffDecisionReceipt, Problem>> {
  const { body } = signed;
  const fault = await faultOf(queries, device, signed);
  if (fault !== null) return err(fault);
  const kept = await rowsOf(queries, body.certifyId);
  const known = kept.find(({ revision }) => revision === body.revision);
  if (known !== undefined) return answerKnown(known, signed);
  if (body.revision !== kept.length + 1) return err(problem('decision_early', { retryAfterMs: AGAIN_MS }));
  const { certifyId, revision } = body;
  const acceptedAtMs = clock.wallMs();
  const receipt = { certifyId, revision, acceptedAtMs, server: serverKey.sign(staffDecisionText(body)) };
  await queries
    .insertInto('staff_decisions')
    .values(rowOf(device, signed, receipt))
    .execute();
  await queries
    .updateTable('submissions')
    .set({ settled_state: OUTCOME_OF_REVIEW[body.decision].state })
    .where('certify_id', '=', certifyId)
    .execute();
  return ok(receipt);
}

/** Why it isn't taken; null when it is about a record of this device, and signed by it. */
async function faultOf(
  queries: Queries,
  device: Device,
  { body, device: by }: SignedStaffDecision,
): Promise<Problem | null> {
  const record = await queries
    .selectFrom('submissions')
    .select(['device_id', 'receipt_hash'])
    .where('certify_id', '=', body.certifyId)
    .executeTakeFirst();
  if (record === undefined) return problem('record_missing', { retryAfterMs: AGAIN_MS });
  if (record.device_id !== device.deviceId) return problem('decision_invalid', { detail: 'deviceId' });
  if (record.receipt_hash !== body.receiptHash) return problem('decision_invalid', { detail: 'receiptHash' });
  const isSigned = isSignedByDevice(staffDecisionText(body), by.signature, device, body.decidedAtMs);
  return isSigned ? null : problem('decision_invalid', { detail: 'signature' });
}

/** Decides by the body: after a rotation of keys the same decision may be signed by another one. */
function answerKnown(
  known: Row<'staff_decisions'>,
  { body }: SignedStaffDecision,
): Result<StaffDecisionReceipt, Problem> {
  const same = staffDecisionText(parsedDecision(known).body) === staffDecisionText(body);
  return same ? ok(parsedReceipt(known)) : err(problem('idempotency_conflict', { detail: 'revision' }));
}

/** What the staff decided about a record, in order. */
export async function staffDecisionsOf(
  queries: Queries,
  certifyId: string,
): Promise<NonNullable<RecordAnswer['decisions']>> {
  const rows = await rowsOf(queries, certifyId);
  return rows.map((row) => ({ decision: parsedDecision(row), receipt: parsedReceipt(row) }));
}

function rowsOf(queries: Queries, certifyId: string): Promise<Row<'staff_decisions'>[]> {
  return queries
    .selectFrom('staff_decisions')
    .selectAll()
    .where('certify_id', '=', certifyId)
    .orderBy('revision')
    .execute();
}

function parsedDecision({ signed }: Row<'staff_decisions'>): SignedStaffDecision {
  return signedStaffDecisionSchema.parse(JSON.parse(signed));
}

function parsedReceipt({ receipt }: Row<'staff_decisions'>): StaffDecisionReceipt {
  return staffDecisionReceiptSchema.parse(JSON.parse(receipt));
}

function rowOf(
  { deviceId }: Device,
  signed: SignedStaffDecision,
  receipt: StaffDecisionReceipt,
): Row<'staff_decisions'> {
  const { certifyId, revision, decision, reason, staff, second, decidedAtMs } = signed.body;
  return {
    certify_id: certifyId,
    revision,
    device_id: deviceId,
    decision,
    reason,
    staff_id: staff.staffId,
    second_staff_id: second?.staffId ?? null,
    signed: canonicalJson(signed),
    receipt: canonicalJson(receipt),
    decided_at_ms: decidedAtMs,
    accepted_at_ms: receipt.acceptedAtMs,
  };
}
