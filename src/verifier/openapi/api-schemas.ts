import { z } from 'zod';
import {
  batchAnswerSchema,
  batchRequestSchema,
  challengeRequestSchema,
  challengeSeedSchema,
  enrolmentAnswerSchema,
  enrolmentRequestSchema,
  healthSchema,
  policySchema,
  problemSchema,
} from '../../shared/protocol/kv1.ts';
import {
  recordAnswerSchema,
  signedStaffDecisionSchema,
  staffDecisionReceiptSchema,
} from '../../shared/protocol/kv1-staff-decisions.ts';
import {
  deletionReceiptSchema,
  keyRotationAnswerSchema,
  keyRotationRequestSchema,
  reportAnswerSchema,
  retryRequestSchema,
  reviewRequestSchema,
  sealedIdentitySchema,
  sessionAnswerSchema,
  sessionRequestSchema,
  signedDecisionSchema,
  submitRequestSchema,
} from '../../shared/protocol/kv1-sessions.ts';
import { handOffAnswerSchema, handOffLookSchema, handOffRequestSchema } from '../../shared/protocol/kv1-hand-offs.ts';
import { REASON_CODES } from '../../shared/reasons.ts';
import {
  auditListSchema,
  codeAnswerSchema,
  codeRequestSchema,
  deviceListSchema,
  openReviewsSchema,
  operatorReviewSchema,
} from '../operators/operator-messages.ts';
import { policySettingsSchema } from '../policy/policy-store.ts';

/** Every message by its name, from the schemas that also parse it. */
const SCHEMAS = {
  Health: healthSchema,
  EnrolmentRequest: enrolmentRequestSchema,
  EnrolmentAnswer: enrolmentAnswerSchema,
  BatchRequest: batchRequestSchema,
  BatchAnswer: batchAnswerSchema,
  ChallengeRequest: challengeRequestSchema,
  ChallengeSeed: challengeSeedSchema,
  SubmissionAnswer: recordAnswerSchema,
  SignedStaffDecision: signedStaffDecisionSchema,
  StaffDecisionReceipt: staffDecisionReceiptSchema,
  Policy: policySchema,
  Problem: problemSchema,
  SessionRequest: sessionRequestSchema,
  SessionAnswer: sessionAnswerSchema,
  SubmitRequest: submitRequestSchema,
  SealedIdentity: sealedIdentitySchema,
  RetryRequest: retryRequestSchema,
  ReviewRequest: reviewRequestSchema,
  SignedDecision: signedDecisionSchema,
  UploadAnswer: z.object({
    name: z.string(),
    bytes: z.int().positive(),
    received: z.int().nonnegative(),
    complete: z.boolean(),
  }),
  HandOffRequest: handOffRequestSchema,
  HandOffAnswer: handOffAnswerSchema,
  HandOffLook: handOffLookSchema,
  DeletionReceipt: deletionReceiptSchema,
  DeviceAnswer: z.object({
    deviceId: z.string(),
    keyId: z.string(),
    keys: z.array(z.object({ keyId: z.string(), validUntilMs: z.int().nonnegative().nullable() })),
    serverTimeMs: z.int().nonnegative(),
  }),
  KeyRotationRequest: keyRotationRequestSchema,
  KeyRotationAnswer: keyRotationAnswerSchema,
  ReportAnswer: reportAnswerSchema,
  Readiness: z.object({ ready: z.literal(true), database: z.boolean(), objects: z.boolean(), adapters: z.boolean() }),
  CodeRequest: codeRequestSchema,
  CodeAnswer: codeAnswerSchema,
  DeviceList: deviceListSchema,
  DeviceRevoked: z.object({ deviceId: z.string(), revoked: z.literal(true) }),
  OperatorReview: operatorReviewSchema,
  OpenReviews: openReviewsSchema,
  PolicySettings: policySettingsSchema,
  AuditList: auditListSchema,
} as const satisfies Record<string, z.ZodType>;
export type ApiSchemaName = keyof typeof SCHEMAS;

/** JSON Schemas (draft 2020-12, as OpenAPI 3.1 has them) by name. */
export function apiSchemas(): Record<string, unknown> {
  return Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, jsonSchema(schema)]));
}

function jsonSchema(schema: z.ZodType): unknown {
  const json: Record<string, unknown> = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    // The only schema of these messages that checks by a function is the one of reason codes.
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: made }) => {
      if (zodSchema._zod.def.type === 'custom') Object.assign(made, { type: 'string', enum: REASON_CODES });
    },
  });
  delete json['$schema'];
  return json;
}
