import { isIP } from 'node:net';
import { failure, type Failure, type FailureCode } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isRedirect, isThrottled } from '../check-outcomes.ts';
import type { CloudKeys, VendorClientParts } from '../contract.ts';
import { objectPath, ossV4Headers } from './oss-v4-signature.ts';

/** A bucket and how it is reached. */
export interface OssPlace {
  readonly bucket: string;
  /** `https://oss-cn-shanghai.aliyuncs.com` */
  readonly endpoint: string;
  /** `cn-shanghai` */
  readonly region: string;
}

const MAX_ANSWER_BYTES = 100_000;

/** Puts bytes into the bucket, encrypted there, never over another object. */
export async function putObject(
  parts: VendorClientParts,
  place: OssPlace & { readonly keys: CloudKeys },
  objectName: string,
  content: { readonly bytes: Uint8Array; readonly type: 'video/mp4' | 'image/jpeg' | 'image/png' },
  options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<Result<null, Failure>> {
  const headers = {
    'content-type': content.type,
    'x-oss-forbid-overwrite': 'true',
    'x-oss-server-side-encryption': 'AES256',
  };
  const request = { ...place, method: 'PUT', objectName, query: {}, headers, nowMs: parts.clock.wallMs() } as const;
  const sent = await parts.send(
    {
      method: 'PUT',
      url: addressOf(place, objectName),
      headers: ossV4Headers(request, place.keys),
      body: content.bytes,
    },
    { ...options, maxAnswerBytes: MAX_ANSWER_BYTES },
  );
  // Nothing was asked of anybody yet: whatever happened, it can be done again.
  if (!sent.ok) return err(failure('verifier.unreachable', `object store: ${sent.error.failure.detail ?? ''}`));
  return answered(sent.value.status, 200);
}

/** Deletes an object; one that isn't there is deleted. */
export async function deleteObject(
  parts: VendorClientParts,
  place: OssPlace & { readonly keys: CloudKeys },
  objectName: string,
  timeoutMs: number,
): Promise<Result<null, Failure>> {
  const request = {
    ...place,
    method: 'DELETE',
    objectName,
    query: {},
    headers: {},
    nowMs: parts.clock.wallMs(),
  } as const;
  const sent = await parts.send(
    { method: 'DELETE', url: addressOf(place, objectName), headers: ossV4Headers(request, place.keys), body: '' },
    { timeoutMs, maxAnswerBytes: MAX_ANSWER_BYTES },
  );
  return sent.ok ? answered(sent.value.status, 204) : err(sent.error.failure);
}

function answered(status: number, expected: number): Result<null, Failure> {
  return status === expected ? ok(null) : err(failure(complaintOf(status), `object store: HTTP ${status}`));
}

function complaintOf(status: number): FailureCode {
  if (isThrottled(status)) return 'verifier.throttled';
  if (isRedirect(status)) return 'verifier.malformed';
  return status >= 500 ? 'verifier.unreachable' : 'verifier.misconfigured';
}

/** The bucket is part of the host's name, except where the host is a bare address. */
function addressOf({ endpoint, bucket }: OssPlace, objectName: string): string {
  const url = new URL(endpoint);
  const path = objectPath(objectName);
  if (isIP(url.hostname) !== 0) return `${url.origin}/${bucket}/${path}`;
  return `${url.protocol}//${bucket}.${url.host}/${path}`;
}
