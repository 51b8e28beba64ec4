import type { Selectable } from 'kysely';
import type { ErasureTable } from './erasure-table.ts';
import type { HandOffTable } from './hand-off-table.ts';
import type { StaffDecisionTable } from './staff-decision-table.ts';

/**
 * The verifier's tables, the same on SQLite and PostgreSQL. Times are milliseconds since the Unix epoch, yes and no are
 * 1 and 0, what is structured is JSON text, bytes are `Buffer`. Rows are plain: whoever reads JSON text parses it with
 * its schema.
 */
export interface Tables {
  readonly server_keys: ServerKeyTable;
  readonly sealing_keys: SealingKeyTable;
  readonly secrets: SecretTable;
  readonly enrolment_codes: EnrolmentCodeTable;
  readonly enrolment_tries: EnrolmentTryTable;
  readonly devices: DeviceTable;
  readonly device_keys: DeviceKeyTable;
  readonly nonces: NonceTable;
  readonly idempotency: IdempotencyTable;
  readonly idempotency_claims: IdempotencyClaimTable;
  readonly submissions: SubmissionTable;
  readonly staff_decisions: StaffDecisionTable;
  readonly challenges: ChallengeTable;
  readonly sessions: SessionTable;
  readonly artifacts: ArtifactTable;
  readonly artifact_pieces: ArtifactPieceTable;
  readonly attempts: AttemptTable;
  readonly decisions: DecisionTable;
  readonly reviews: ReviewTable;
  readonly deletions: DeletionTable;
  readonly erasures: ErasureTable;
  readonly hand_offs: HandOffTable;
  readonly reference_photos: ReferencePhotoTable;
  readonly operators: OperatorTable;
  readonly operator_actions: OperatorActionTable;
  readonly policies: PolicyTable;
}

/** Ed25519 keys that sign answers, receipts and decisions; the newest signs. */
export interface ServerKeyTable {
  key_id: string;
  /** PKCS #8, DER. */
  private_key: Buffer;
  created_at_ms: number;
}

/** X25519 keys that identities are sealed to; the newest is offered. */
export interface SealingKeyTable {
  kid: string;
  /** PKCS #8, DER. */
  private_key: Buffer;
  created_at_ms: number;
}

/** Random secrets of this verifier by name, such as the key of a keyed hash. */
export interface SecretTable {
  name: string;
  value: Buffer;
  created_at_ms: number;
}

export interface EnrolmentCodeTable {
  code_hash: string;
  /** What the operator calls the device that this code is for. */
  label: string;
  opened_at_ms: number;
  expires_at_ms: number;
  /** Public key (`x`) that used the code. */
  used_by: string | null;
}

/** Wrong codes, by where they came from. */
export interface EnrolmentTryTable {
  try_id: string;
  source: string;
  at_ms: number;
}

export interface DeviceTable {
  device_id: string;
  /** The key that it was enrolled with; all keys are in `device_keys`. */
  key_id: string;
  public_key_x: string;
  label: string;
  model: string;
  app_version: string;
  enrolled_at_ms: number;
  revoked_at_ms: number | null;
  last_sequence: number;
  /** Newest audit checkpoint, JSON. */
  checkpoint: string | null;
}

export interface DeviceKeyTable {
  key_id: string;
  device_id: string;
  public_key_x: string;
  created_at_ms: number;
  /** Requests are taken until then; null for the newest key. */
  valid_until_ms: number | null;
}

export interface NonceTable {
  key_id: string;
  nonce: string;
  seen_ms: number;
}

export interface IdempotencyTable {
  device_id: string;
  key: string;
  digest: string;
  answer: string;
  at_ms: number;
}

/** Requests that a process is working on; only needed where several processes share a database. */
export interface IdempotencyClaimTable {
  device_id: string;
  key: string;
  owner: string;
  until_ms: number;
}

export interface SubmissionTable {
  certify_id: string;
  device_id: string;
  seq: number;
  prev_hash: string;
  record_hash: string;
  receipt_hash: string;
  state: string;
  simulated: number;
  record: string;
  receipt: string;
  countersignature: string;
  accepted_at_ms: number;
  /** What it counts as since the staff decided about it; null before that. */
  settled_state: string | null;
}

export interface ChallengeTable {
  nonce: string;
  device_id: string;
  certify_id: string;
  issued_at_ms: number;
}

export interface SessionTable {
  session_id: string;
  device_id: string;
  certify_id: string;
  scene_id: string;
  /** A `Check`. */
  check_name: string;
  order_id: string;
  /** One of `SESSION_STATES`. */
  state: string;
  simulated: number;
  /** The opening request, canonical JSON: what a repeated opening is compared with. */
  request: string;
  consent: string;
  subject_key: string | null;
  /** What the device found by itself, JSON; null before submitting. */
  local: string | null;
  /** `traceparent` of the request that submitted. */
  trace: string | null;
  /** The session's content key under the verifier's; null once destroyed, and with it everything that it sealed. */
  wrapped_key: Buffer | null;
  /** Identity, encrypted under the content key. */
  identity_sealed: Buffer | null;
  /** Fields of a card that was read, encrypted under the content key. */
  fields_sealed: Buffer | null;
  policy_version: number;
  /** Newest decision's; 0 before there is one. */
  revision: number;
  /** Clerk who let a question be asked again whose outcome stayed unknown. */
  retried_by: string | null;
  created_at_ms: number;
  updated_at_ms: number;
  expires_at_ms: number;
  submitted_at_ms: number | null;
  decided_at_ms: number | null;
  erase_after_ms: number | null;
  erased_at_ms: number | null;
  /** Who is deciding it, and until when nobody else may. */
  lease_owner: string | null;
  lease_until_ms: number | null;
}

export interface ArtifactTable {
  session_id: string;
  name: string;
  bytes: number;
  sha256: string;
  /** Bytes that have arrived. */
  received: number;
  /** `waiting`, `complete` or `erased`. */
  state: string;
  /** In the object store; null before it is complete and after it was erased. */
  object_key: string | null;
  updated_at_ms: number;
}

/** What has arrived of an artifact that comes in pieces. */
export interface ArtifactPieceTable {
  session_id: string;
  name: string;
  /** First byte's place in the artifact. */
  start: number;
  bytes: number;
  object_key: string;
  at_ms: number;
}

/** Calls that may be billed, written before they go out. */
export interface AttemptTable {
  attempt_id: string;
  session_id: string;
  certify_id: string;
  verifier: string;
  operation: string;
  order_id: string;
  /** From 1; unique within a session, so that two processes can't make the same attempt. */
  number: number;
  started_at_ms: number;
  /** The vendor's. */
  reference: string | null;
  settled_reason: string | null;
  settled_code: string | null;
  settled_at_ms: number | null;
}

export interface DecisionTable {
  session_id: string;
  revision: number;
  state: string;
  reason: string;
  /** `DecisionBody`, canonical JSON as it was signed. */
  body: string;
  /** `Signature`, JSON. */
  signature: string;
  decided_at_ms: number;
}

export interface ReviewTable {
  session_id: string;
  /** The revision that was reviewed. */
  revision: number;
  clerk: string;
  decision: string;
  ground: string;
  /** Device that the clerk stood at; null for an operator of the verifier. */
  device_id: string | null;
  at_ms: number;
}

/** Proofs of erasure; they outlive what they speak of. */
export interface DeletionTable {
  deletion_id: string;
  kind: string;
  of_id: string;
  /** Device that asked; null for the verifier itself. */
  device_id: string | null;
  body: string;
  signature: string;
  at_ms: number;
}

/** Own reference photos: who is in one is only known by a keyed hash of the number. */
export interface ReferencePhotoTable {
  number_hmac: string;
  subject_key: string | null;
  object_key: string;
  wrapped_key: Buffer;
  sha256: string;
  bytes: number;
  added_by: string;
  added_at_ms: number;
}

export interface OperatorTable {
  name: string;
  token_hash: string;
  role: string;
  disabled: number;
  created_at_ms: number;
}

export interface OperatorActionTable {
  action_id: string;
  operator: string;
  action: string;
  target: string | null;
  /** JSON without personal data. */
  detail: string | null;
  at_ms: number;
}

export interface PolicyTable {
  version: number;
  body: string;
  set_by: string;
  at_ms: number;
}

/** A row as it is read. */
export type Row<Name extends keyof Tables> = Selectable<Tables[Name]>;
