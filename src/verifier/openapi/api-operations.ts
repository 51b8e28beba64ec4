import { KV1_PATHS } from '../../shared/protocol/kv1.ts';
import { STAFF_DECISION_PATHS } from '../../shared/protocol/kv1-staff-decisions.ts';
import { SESSION_PATHS } from '../../shared/protocol/kv1-sessions.ts';
import type { ApiOperation, ApiParameter } from './api-operation.ts';
import { ARTIFACT_NAME, NUMBER, SESSION_ID, SUBJECT_KEY, UUID } from './api-parameters.ts';
import { HAND_OFF_OPERATIONS } from './hand-off-operations.ts';
import { OPERATOR_OPERATIONS, SERVICE_OPERATIONS } from './operator-operations.ts';

const CERTIFY_ID: ApiParameter = {
  name: 'certifyId',
  in: 'path',
  description: 'Id of the certification',
  schema: UUID,
};

const RECORDS: readonly ApiOperation[] = [
  { method: 'get', path: KV1_PATHS.health, summary: 'Who the verifier is', asker: 'anybody', answer: 'Health' },
  {
    method: 'post',
    path: KV1_PATHS.enrol,
    summary: 'Enrol a device with a one-time code',
    asker: 'anybody',
    body: 'EnrolmentRequest',
    answer: 'EnrolmentAnswer',
  },
  {
    method: 'post',
    path: KV1_PATHS.challenges,
    summary: 'Randomness for one liveness challenge',
    asker: 'device',
    body: 'ChallengeRequest',
    answer: 'ChallengeSeed',
  },
  {
    method: 'post',
    path: KV1_PATHS.batch,
    summary: 'Deliver up to 50 records with their receipts',
    asker: 'device',
    body: 'BatchRequest',
    answer: 'BatchAnswer',
  },
  {
    method: 'get',
    path: KV1_PATHS.submission('{certifyId}'),
    summary: 'What the verifier has about a record, with what the staff decided about it',
    asker: 'device',
    parameters: [CERTIFY_ID],
    answer: 'SubmissionAnswer',
  },
  {
    method: 'post',
    path: STAFF_DECISION_PATHS.decisions('{certifyId}'),
    summary: 'Deliver what the staff decided about a record; the same receipt each time',
    asker: 'device',
    parameters: [CERTIFY_ID],
    body: 'SignedStaffDecision',
    answer: 'StaffDecisionReceipt',
  },
  {
    method: 'get',
    path: KV1_PATHS.policy,
    summary: 'Limits, retention, and which checks are answered by whom',
    asker: 'device',
    parameters: [
      { name: 'if-none-match', in: 'header', description: 'Entity tag that is known', schema: { type: 'string' } },
    ],
    answer: 'Policy',
    also: { '304': 'It is the one that is known; signed over the digest of no bytes' },
  },
];

const SESSIONS: readonly ApiOperation[] = [
  {
    method: 'post',
    path: SESSION_PATHS.sessions,
    summary: 'Open a session for one question',
    asker: 'device',
    body: 'SessionRequest',
    answer: 'SessionAnswer',
  },
  {
    method: 'get',
    path: SESSION_PATHS.session('{sessionId}'),
    summary: 'What is known of a session',
    asker: 'device',
    parameters: [
      SESSION_ID,
      { name: 'prefer', in: 'header', description: '`wait=N`, at most 20 seconds', schema: { type: 'string' } },
    ],
    answer: 'SessionAnswer',
  },
  {
    method: 'put',
    path: SESSION_PATHS.artifact('{sessionId}', '{name}'),
    summary: 'Upload a whole artifact that is no larger than one piece',
    asker: 'device',
    parameters: [SESSION_ID, ARTIFACT_NAME],
    body: 'piece',
    answer: 'UploadAnswer',
  },
  {
    method: 'patch',
    path: SESSION_PATHS.artifact('{sessionId}', '{name}'),
    summary: 'Upload the next piece of an artifact',
    asker: 'device',
    parameters: [
      SESSION_ID,
      ARTIFACT_NAME,
      {
        name: 'offset',
        in: 'query',
        description: 'Where the piece begins, in bytes',
        schema: { type: 'integer', minimum: 0 },
      },
    ],
    body: 'piece',
    answer: 'UploadAnswer',
  },
  {
    method: 'get',
    path: SESSION_PATHS.artifact('{sessionId}', '{name}'),
    summary: 'How much of an artifact has arrived',
    asker: 'device',
    parameters: [SESSION_ID, ARTIFACT_NAME],
    answer: 'UploadAnswer',
  },
  {
    method: 'post',
    path: SESSION_PATHS.submit('{sessionId}'),
    summary: 'Ask the question',
    asker: 'device',
    parameters: [SESSION_ID],
    body: 'SubmitRequest',
    answer: 'SessionAnswer',
  },
  {
    method: 'post',
    path: SESSION_PATHS.retry('{sessionId}'),
    summary: 'Have a clerk ask again where the outcome stayed unknown',
    asker: 'device',
    parameters: [SESSION_ID],
    body: 'RetryRequest',
    answer: 'SessionAnswer',
  },
  {
    method: 'post',
    path: SESSION_PATHS.review('{sessionId}'),
    summary: 'Have a clerk decide; two clerks where a decision is turned',
    asker: 'device',
    parameters: [SESSION_ID],
    body: 'ReviewRequest',
    answer: 'SessionAnswer',
  },
  {
    method: 'delete',
    path: SESSION_PATHS.artifacts('{sessionId}'),
    summary: "Erase a session's pictures and identity; the same receipt each time",
    asker: 'device',
    parameters: [
      SESSION_ID,
      {
        name: 'why',
        in: 'query',
        description: 'The decision is kept at the device, or consent was withdrawn',
        schema: { type: 'string', enum: ['acknowledged', 'withdrawn'], default: 'acknowledged' },
      },
    ],
    answer: 'DeletionReceipt',
  },
  {
    method: 'delete',
    path: SESSION_PATHS.subject('{subjectKey}'),
    summary: 'Erase all sessions of a subject at this device',
    asker: 'device',
    parameters: [SUBJECT_KEY],
    answer: 'DeletionReceipt',
  },
];

const REPORT_PARAMETERS: readonly ApiParameter[] = [
  { name: 'from', in: 'query', description: 'Milliseconds since 1970, inclusive; needed', schema: NUMBER },
  { name: 'to', in: 'query', description: 'Exclusive; at most 90 days later; needed', schema: NUMBER },
  {
    name: 'bucket',
    in: 'query',
    description: 'By the hour at most one day',
    schema: { type: 'string', enum: ['hour', 'day'], default: 'day' },
  },
  { name: 'scene', in: 'query', description: 'One scene only', schema: { type: 'string' } },
  {
    name: 'offset',
    in: 'query',
    description: 'Minutes that clocks are ahead of UTC; days begin at that midnight',
    schema: { type: 'integer', minimum: -720, maximum: 840, default: 0 },
  },
  {
    name: 'simulated',
    in: 'query',
    description: 'Only what was simulated, or only what was not',
    schema: { type: 'string', enum: ['yes', 'no'] },
  },
];

const DEVICES: readonly ApiOperation[] = [
  {
    method: 'get',
    path: SESSION_PATHS.deviceStatus,
    summary: 'What the verifier knows of the device that asks',
    asker: 'device',
    answer: 'DeviceAnswer',
  },
  {
    method: 'post',
    path: SESSION_PATHS.keys,
    summary: 'Give the device another key',
    asker: 'device',
    body: 'KeyRotationRequest',
    answer: 'KeyRotationAnswer',
  },
  {
    method: 'get',
    path: SESSION_PATHS.reports,
    summary: 'Counts by hour or day, scene and check',
    asker: 'device-or-operator',
    parameters: REPORT_PARAMETERS,
    answer: 'ReportAnswer',
  },
];

/** All operations under the headings that people look for them by. */
export const API_SECTIONS: readonly { readonly name: string; readonly operations: readonly ApiOperation[] }[] = [
  { name: 'Records', operations: RECORDS },
  { name: 'Sessions', operations: SESSIONS },
  { name: 'Hand-offs to a phone', operations: HAND_OFF_OPERATIONS },
  { name: 'Devices and reports', operations: DEVICES },
  { name: 'Operators', operations: OPERATOR_OPERATIONS },
  { name: 'Service', operations: SERVICE_OPERATIONS },
];
