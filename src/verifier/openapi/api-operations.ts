import { KV1_PATHS } from '../../shared/protocol/kv1.ts';
import { ARTIFACT_NAMES, SESSION_PATHS } from '../../shared/protocol/kv1-sessions.ts';
import { OPERATOR_PATHS, SERVICE_PATHS } from '../operators/operator-paths.ts';
import type { ApiSchemaName } from './api-schemas.ts';

export interface ApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** One operation of the interface, as people and generators need it. */
export interface ApiOperation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly asker: 'anybody' | 'device' | 'operator' | 'device-or-operator';
  readonly parameters?: readonly ApiParameter[];
  /** `piece`: bytes of an artifact. */
  readonly body?: ApiSchemaName | 'piece';
  readonly answer: ApiSchemaName | 'text' | 'page' | 'object';
  /** What the answer is when it isn't 200. */
  readonly also?: Readonly<Record<string, string>>;
}

const uuid = { type: 'string', format: 'uuid' };
const sessionId: ApiParameter = { name: 'sessionId', in: 'path', description: 'UUID version 7', schema: uuid };
const artifactName: ApiParameter = {
  name: 'name',
  in: 'path',
  description: 'Which artifact',
  schema: { type: 'string', enum: [...ARTIFACT_NAMES] },
};
const subjectKey: ApiParameter = {
  name: 'subjectKey',
  in: 'path',
  description: 'Keyed hash of a document number, as the device made it',
  schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
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
    summary: 'What the verifier has about a record',
    asker: 'device',
    parameters: [{ name: 'certifyId', in: 'path', description: 'Id of the certification', schema: uuid }],
    answer: 'SubmissionAnswer',
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
      sessionId,
      { name: 'prefer', in: 'header', description: '`wait=N`, at most 20 seconds', schema: { type: 'string' } },
    ],
    answer: 'SessionAnswer',
  },
  {
    method: 'put',
    path: SESSION_PATHS.artifact('{sessionId}', '{name}'),
    summary: 'Upload a whole artifact that is no larger than one piece',
    asker: 'device',
    parameters: [sessionId, artifactName],
    body: 'piece',
    answer: 'UploadAnswer',
  },
  {
    method: 'patch',
    path: SESSION_PATHS.artifact('{sessionId}', '{name}'),
    summary: 'Upload the next piece of an artifact',
    asker: 'device',
    parameters: [
      sessionId,
      artifactName,
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
    parameters: [sessionId, artifactName],
    answer: 'UploadAnswer',
  },
  {
    method: 'post',
    path: SESSION_PATHS.submit('{sessionId}'),
    summary: 'Ask the question',
    asker: 'device',
    parameters: [sessionId],
    body: 'SubmitRequest',
    answer: 'SessionAnswer',
  },
  {
    method: 'post',
    path: SESSION_PATHS.retry('{sessionId}'),
    summary: 'Have a clerk ask again where the outcome stayed unknown',
    asker: 'device',
    parameters: [sessionId],
    body: 'RetryRequest',
    answer: 'SessionAnswer',
  },
  {
    method: 'post',
    path: SESSION_PATHS.review('{sessionId}'),
    summary: 'Have a clerk decide; two clerks where a decision is turned',
    asker: 'device',
    parameters: [sessionId],
    body: 'ReviewRequest',
    answer: 'SessionAnswer',
  },
  {
    method: 'delete',
    path: SESSION_PATHS.artifacts('{sessionId}'),
    summary: "Erase a session's pictures and identity; the same receipt each time",
    asker: 'device',
    parameters: [
      sessionId,
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
    parameters: [subjectKey],
    answer: 'DeletionReceipt',
  },
];

const number = { type: 'integer', minimum: 0 };
const REPORT_PARAMETERS: readonly ApiParameter[] = [
  { name: 'from', in: 'query', description: 'Milliseconds since 1970, inclusive; needed', schema: number },
  { name: 'to', in: 'query', description: 'Exclusive; at most 90 days later; needed', schema: number },
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

const OPERATORS: readonly ApiOperation[] = [
  {
    method: 'post',
    path: OPERATOR_PATHS.codes,
    summary: 'Make a one-time enrolment code',
    asker: 'operator',
    body: 'CodeRequest',
    answer: 'CodeAnswer',
  },
  { method: 'get', path: OPERATOR_PATHS.devices, summary: 'All devices', asker: 'operator', answer: 'DeviceList' },
  {
    method: 'post',
    path: OPERATOR_PATHS.revoke('{deviceId}'),
    summary: 'Take nothing from a device any more',
    asker: 'operator',
    parameters: [{ name: 'deviceId', in: 'path', description: 'Which device', schema: { type: 'string' } }],
    answer: 'DeviceRevoked',
  },
  { method: 'get', path: OPERATOR_PATHS.policy, summary: 'The policy in force', asker: 'operator', answer: 'Policy' },
  {
    method: 'put',
    path: OPERATOR_PATHS.policy,
    summary: 'Set the policy; its version rises when something changes',
    asker: 'operator',
    body: 'PolicySettings',
    answer: 'Policy',
  },
  {
    method: 'get',
    path: OPERATOR_PATHS.reviews,
    summary: 'Cases that wait for a clerk',
    asker: 'operator',
    answer: 'OpenReviews',
  },
  {
    method: 'post',
    path: OPERATOR_PATHS.review('{sessionId}'),
    summary: 'Decide a case as an operator',
    asker: 'operator',
    parameters: [sessionId],
    body: 'OperatorReview',
    answer: 'SignedDecision',
  },
  {
    method: 'delete',
    path: OPERATOR_PATHS.artifacts('{sessionId}'),
    summary: "Erase a session's pictures and identity",
    asker: 'operator',
    parameters: [sessionId],
    answer: 'DeletionReceipt',
  },
  {
    method: 'delete',
    path: OPERATOR_PATHS.subject('{subjectKey}'),
    summary: 'Erase all sessions of a subject, at whichever device',
    asker: 'operator',
    parameters: [subjectKey],
    answer: 'DeletionReceipt',
  },
  {
    method: 'get',
    path: OPERATOR_PATHS.audit,
    summary: 'What operators and clerks did, newest first',
    asker: 'operator',
    parameters: [
      { name: 'before', in: 'query', description: 'Only what is older, milliseconds', schema: number },
      { name: 'limit', in: 'query', description: 'At most 500', schema: { type: 'integer', default: 100 } },
    ],
    answer: 'AuditList',
  },
];

const SERVICE: readonly ApiOperation[] = [
  {
    method: 'get',
    path: SERVICE_PATHS.ready,
    summary: 'Whether everything is there that it needs',
    asker: 'anybody',
    answer: 'Readiness',
  },
  {
    method: 'get',
    path: SERVICE_PATHS.metrics,
    summary: 'Figures for Prometheus',
    asker: 'anybody',
    answer: 'text',
  },
  { method: 'get', path: SERVICE_PATHS.openapi, summary: 'This document', asker: 'anybody', answer: 'object' },
  { method: 'get', path: SERVICE_PATHS.docs, summary: 'This document to read', asker: 'anybody', answer: 'page' },
  { method: 'get', path: SERVICE_PATHS.status, summary: 'Status to read', asker: 'anybody', answer: 'page' },
];

/** All operations under the headings that people look for them by. */
export const API_SECTIONS: readonly { readonly name: string; readonly operations: readonly ApiOperation[] }[] = [
  { name: 'Records', operations: RECORDS },
  { name: 'Sessions', operations: SESSIONS },
  { name: 'Devices and reports', operations: DEVICES },
  { name: 'Operators', operations: OPERATORS },
  { name: 'Service', operations: SERVICE },
];
