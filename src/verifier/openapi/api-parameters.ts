import { ARTIFACT_NAMES } from '../../shared/protocol/kv1-sessions.ts';
import type { ApiParameter } from './api-operation.ts';

export const UUID = { type: 'string', format: 'uuid' };
export const SESSION_ID: ApiParameter = { name: 'sessionId', in: 'path', description: 'UUID version 7', schema: UUID };
export const ARTIFACT_NAME: ApiParameter = {
  name: 'name',
  in: 'path',
  description: 'Which artifact',
  schema: { type: 'string', enum: [...ARTIFACT_NAMES] },
};
export const SUBJECT_KEY: ApiParameter = {
  name: 'subjectKey',
  in: 'path',
  description: 'Keyed hash of a document number, as the device made it',
  schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
};

export const NUMBER = { type: 'integer', minimum: 0 };
