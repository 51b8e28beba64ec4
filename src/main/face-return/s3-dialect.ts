import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import type { Clock } from '../../shared/clock.ts';
import { pathStyleUrl, type BucketKeys } from './bucket-address.ts';
import type { BucketDialect } from './bucket-destination.ts';

export interface S3Place {
  readonly origin: URL;
  readonly region: string;
  readonly bucket: string;
}

/** S3 and whatever speaks like it: AWS signature version 4 over the hash of the body, bucket in the path. */
export function s3Dialect(place: S3Place, keys: BucketKeys, clock: Clock): BucketDialect {
  const client = new AwsClient({
    accessKeyId: keys.id,
    secretAccessKey: keys.secret,
    service: 's3',
    region: place.region,
    retries: 0,
  });
  return {
    headerPrefix: 'x-amz-',
    putHeaders: {},
    sign: async ({ method, name, headers, body }) => {
      const sha256 = createHash('sha256').update(body).digest('hex');
      const datetime = new Date(clock.wallMs()).toISOString().replaceAll(/[:-]|\.\d{3}/g, '');
      const signed = await client.sign(pathStyleUrl(place.origin, place.bucket, name), {
        method,
        headers: { ...headers, 'x-amz-content-sha256': sha256 },
        aws: { datetime },
      });
      return { method, url: signed.url, headers: Object.fromEntries(signed.headers), body };
    },
  };
}
