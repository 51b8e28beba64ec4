import { isIP } from 'node:net';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

export interface BucketKeys {
  readonly id: string;
  readonly secret: string;
}

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/** Scheme, host and port of a store. Elsewhere than on this machine a face is sent by https only. */
export function bucketOrigin(endpoint: string): Result<URL, Failure> {
  if (!URL.canParse(endpoint)) return err(failure('request.invalid', 'destination.endpoint: not an address'));
  const url = new URL(endpoint);
  if (url.username !== '' || url.password !== '') {
    return err(failure('request.invalid', 'destination.endpoint: keys are kept apart'));
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return err(failure('request.invalid', 'destination.endpoint: a scheme, a host and a port, nothing else'));
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.includes(url.hostname));
  return isSafe ? ok(url) : err(failure('request.invalid', 'destination.endpoint: https, except on this machine'));
}

/** Bucket in the path: what every S3-compatible server understands, and what a bare address needs. */
export function pathStyleUrl(origin: URL, bucket: string, name: string): string {
  return `${origin.origin}/${bucket}/${encodedName(name)}`;
}

/** Bucket in the host's name, as OSS wants it; in the path where the host is a bare address. */
export function hostStyleUrl(origin: URL, bucket: string, name: string): string {
  const isBare = isIP(origin.hostname.replaceAll(/[[\]]/g, '')) !== 0 || origin.hostname === 'localhost';
  if (isBare) return pathStyleUrl(origin, bucket, name);
  return `${origin.protocol}//${bucket}.${origin.host}/${encodedName(name)}`;
}

function encodedName(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}
