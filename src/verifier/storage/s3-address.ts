import { err, ok, type Result } from '../../shared/result.ts';

/** A bucket of an S3-compatible server, addressed by path. */
export interface S3Place {
  /** Scheme, host and port. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Before every key, with a slash at its end; or empty. */
  readonly prefix: string;
}

export interface S3Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const DEFAULT_REGION = 'us-east-1';
const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/** By the scheme alone; what is wrong with it, `parseS3Address` says. */
export function isS3Address(address: string): boolean {
  return address.startsWith('s3://');
}

/**
 * Parses `s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION`. Keys are never part of it. Plain HTTP is for a
 * server on this machine only. What is wrong is said in words.
 */
export function parseS3Address(address: string): Result<S3Place, string> {
  if (!URL.canParse(address)) return err('not an address like s3://BUCKET/PREFIX?endpoint=https://HOST');
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return err('keys belong into the environment, not into the address');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname)) return err('not the name of a bucket');
  const prefix = url.pathname.replaceAll(/^\/+|\/+$/g, '');
  if (!/^[\w.-]*(\/[\w.-]+)*$/.test(prefix) || prefix.includes('..')) return err('not a prefix of keys');
  const endpoint = url.searchParams.get('endpoint') ?? '';
  if (!URL.canParse(endpoint)) return err('endpoint=https://HOST is missing');
  const { protocol, hostname, origin, pathname, search } = new URL(endpoint);
  if (pathname !== '/' || search !== '') return err('an endpoint is a scheme, a host and a port');
  const isSafe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK_HOSTS.includes(hostname));
  if (!isSafe) return err('an endpoint elsewhere is reached by https');
  const region = url.searchParams.get('region') ?? DEFAULT_REGION;
  return ok({ endpoint: origin, region, bucket: url.hostname, prefix: prefix === '' ? '' : `${prefix}/` });
}

/** The keys of the environment, under the names that every S3 tool takes; null when they are missing. */
export function s3KeysOf(environment: Readonly<Record<string, string | undefined>>): S3Keys | null {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secretAccessKey) return null;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
