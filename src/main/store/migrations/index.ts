import { initialSchema } from './0001-initial.ts';
import { evidenceSchema } from './0002-evidence.ts';
import { checksSchema } from './0003-checks.ts';
import { requestsSchema } from './0004-requests.ts';
import { recordEndsSchema } from './0005-record-ends.ts';

/** SQL by schema version: the first one makes version 1. Published versions are never edited. */
export const MIGRATIONS: readonly string[] = [
  initialSchema,
  evidenceSchema,
  checksSchema,
  requestsSchema,
  recordEndsSchema,
];
