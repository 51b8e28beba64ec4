import { OPERATOR_PATHS, SERVICE_PATHS } from '../operators/operator-paths.ts';
import type { ApiOperation } from './api-operation.ts';
import { NUMBER, SESSION_ID, SUBJECT_KEY } from './api-parameters.ts';

export const OPERATOR_OPERATIONS: readonly ApiOperation[] = [
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
    parameters: [SESSION_ID],
    body: 'OperatorReview',
    answer: 'SignedDecision',
  },
  {
    method: 'delete',
    path: OPERATOR_PATHS.artifacts('{sessionId}'),
    summary: "Erase a session's pictures and identity",
    asker: 'operator',
    parameters: [SESSION_ID],
    answer: 'DeletionReceipt',
  },
  {
    method: 'delete',
    path: OPERATOR_PATHS.subject('{subjectKey}'),
    summary: 'Erase all sessions of a subject, at whichever device',
    asker: 'operator',
    parameters: [SUBJECT_KEY],
    answer: 'DeletionReceipt',
  },
  {
    method: 'get',
    path: OPERATOR_PATHS.audit,
    summary: 'What operators and clerks did, newest first',
    asker: 'operator',
    parameters: [
      { name: 'before', in: 'query', description: 'Only what is older, milliseconds', schema: NUMBER },
      { name: 'limit', in: 'query', description: 'At most 500', schema: { type: 'integer', default: 100 } },
    ],
    answer: 'AuditList',
  },
];

export const SERVICE_OPERATIONS: readonly ApiOperation[] = [
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
