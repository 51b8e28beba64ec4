import type { Clock } from '../../shared/clock.ts';
import { hostStyleUrl, type BucketKeys } from './bucket-address.ts';
import type { BucketDialect, BucketRequest } from './bucket-destination.ts';
import type { S3Place } from './s3-dialect.ts';

/** Signature version 4 of the object store (`OSS4-HMAC-SHA256`): all headers of a request, the signature among them. */
export type SignForOss = (
  request: {
    readonly method: BucketRequest['method'];
    readonly bucket: string;
    readonly objectName: string;
    readonly query: Readonly<Record<string, string>>;
    readonly headers: Readonly<Record<string, string>>;
    readonly region: string;
    readonly nowMs: number;
  },
  keys: { readonly accessKeyId: string; readonly secretAccessKey: string },
) => Record<string, string>;

/** Aliyun's object store. The body is covered by its MD5, which is signed. */
export function ossDialect(place: S3Place, keys: BucketKeys, clock: Clock, signForOss: SignForOss): BucketDialect {
  return {
    headerPrefix: 'x-oss-',
    putHeaders: { 'x-oss-server-side-encryption': 'AES256', 'x-oss-forbid-overwrite': 'true' },
    sign: async ({ method, name, headers, body }) => {
      const { bucket, region, origin } = place;
      const request = { method, bucket, objectName: name, query: {}, headers, region, nowMs: clock.wallMs() };
      const signed = signForOss(request, { accessKeyId: keys.id, secretAccessKey: keys.secret });
      return { method, url: hostStyleUrl(origin, bucket, name), headers: signed, body };
    },
  };
}
