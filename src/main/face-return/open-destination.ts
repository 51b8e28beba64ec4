import type { Clock } from '../../shared/clock.ts';
import type { FaceReturn } from '../../shared/domain/face-return.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { isAbsolute } from 'node:path';
import { bucketOrigin, type BucketKeys } from './bucket-address.ts';
import { createBucketDestination, type SendToBucket } from './bucket-destination.ts';
import type { FaceDestination } from './face-destination.ts';
import { createFolderDestination } from './folder-destination.ts';
import { ossDialect, type SignForOss } from './oss-dialect.ts';
import { s3Dialect } from './s3-dialect.ts';

export interface DestinationParts {
  readonly clock: Clock;
  readonly send: SendToBucket;
  readonly signForOss: SignForOss;
  /** A fresh name part. */
  readonly randomName: () => string;
}

/** Where a destination's objects begin. */
export function prefixOf(setting: FaceReturn): string {
  return setting.kind === 'folder' ? '' : setting.prefix;
}

/** What is wrong with a destination as it is set; `request.invalid` names the field. */
export function destinationProblem(setting: FaceReturn): Failure | null {
  if (setting.kind === 'folder') {
    return isAbsolute(setting.folder) ? null : failure('request.invalid', 'destination.folder: an absolute path');
  }
  if (setting.prefix.split('/').some((part) => /^\.+$/.test(part))) {
    return failure('request.invalid', 'destination.prefix: no dots as a folder');
  }
  const origin = bucketOrigin(setting.endpoint);
  return origin.ok ? null : origin.error;
}

/** @returns `face-return.refused` where keys are missing, `request.invalid` for an address that isn't taken */
export function openDestination(
  setting: FaceReturn,
  keys: BucketKeys | null,
  { clock, send, signForOss, randomName }: DestinationParts,
): Result<FaceDestination, Failure> {
  const problem = destinationProblem(setting);
  if (problem) return err(problem);
  if (setting.kind === 'folder') return ok(createFolderDestination(setting.folder, randomName));
  if (keys === null) return err(failure('face-return.refused', 'keys are missing'));
  const origin = bucketOrigin(setting.endpoint);
  if (!origin.ok) return origin;
  const place = { origin: origin.value, region: setting.region, bucket: setting.bucket };
  const dialect = setting.kind === 's3' ? s3Dialect(place, keys, clock) : ossDialect(place, keys, clock, signForOss);
  return ok(createBucketDestination(dialect, send));
}
