import type { Migration } from '../migration-steps.ts';
import { initialSchema } from './0001-initial.ts';
import { evidenceSchema } from './0002-evidence.ts';
import { checksSchema } from './0003-checks.ts';
import { requestsSchema } from './0004-requests.ts';
import { recordEndsSchema } from './0005-record-ends.ts';
import { reportsSchema } from './0006-reports.ts';
import { reviewsSchema } from './0007-reviews.ts';
import { recordSearchSchema } from './0008-record-search.ts';
import { reviewDeliveriesSchema } from './0009-review-deliveries.ts';

/** By schema version: the first one makes version 1. What published versions come to is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  initialSchema,
  evidenceSchema,
  checksSchema,
  requestsSchema,
  recordEndsSchema,
  reportsSchema,
  reviewsSchema,
  recordSearchSchema,
  reviewDeliveriesSchema,
];
