import { createHash } from 'node:crypto';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { FaceDestination, FaceObject } from './face-destination.ts';

export interface BucketRequest {
  readonly method: 'PUT' | 'HEAD' | 'DELETE';
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface SignedBucketRequest {
  readonly method: BucketRequest['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** One HTTP exchange, bounded in time and size; a redirect is an answer like any other and never followed. */
export type SendToBucket = (
  request: SignedBucketRequest,
  limits: { readonly timeoutMs: number; readonly maxAnswerBytes: number; readonly signal?: AbortSignal },
) => Promise<
  Result<
    { readonly status: number; readonly headers: Headers; readonly body: Uint8Array },
    { readonly failure: Failure }
  >
>;

/** What differs between stores: address and signature, and the head of their own headers (`x-amz-`, `x-oss-`). */
export interface BucketDialect {
  readonly headerPrefix: 'x-amz-' | 'x-oss-';
  /** Sent with every object. */
  readonly putHeaders: Readonly<Record<string, string>>;
  sign(request: BucketRequest): Promise<SignedBucketRequest>;
}

const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 100_000;
const NOTHING = new Uint8Array(0);

type Answer = Extract<Awaited<ReturnType<SendToBucket>>, { ok: true }>['value'];

/** Objects of a bucket. The store checks MD5 and, where its signature covers it, SHA-256 of what it takes. */
export function createBucketDestination(dialect: BucketDialect, send: SendToBucket): FaceDestination {
  const exchange = async (request: BucketRequest, signal?: AbortSignal): Promise<Result<Answer, Failure>> => {
    const limits = { timeoutMs: TIMEOUT_MS, maxAnswerBytes: MAX_ANSWER_BYTES, ...(signal ? { signal } : {}) };
    const sent = await send(await dialect.sign(request), limits);
    if (sent.ok) return sent;
    return err(failure('face-return.unreachable', sent.error.failure.detail ?? sent.error.failure.code));
  };
  const isThere = async (object: FaceObject, signal?: AbortSignal): Promise<Result<boolean, Failure>> => {
    const found = await exchange({ method: 'HEAD', name: object.name, headers: {}, body: NOTHING }, signal);
    if (!found.ok) return found;
    // Keys that may write only are answered 403 here, and the object is simply written again.
    return ok(found.value.status === 200 && isSame(found.value.headers, object, dialect));
  };
  return {
    put: async (object, { again, signal }) => {
      if (again) {
        const there = await isThere(object, signal);
        if (!there.ok || there.value) return there.ok ? ok(null) : there;
      }
      const headers = putHeaders(object, dialect);
      const put = await exchange({ method: 'PUT', name: object.name, headers, body: object.bytes }, signal);
      if (!put.ok) return put;
      const { status } = put.value;
      if (status === 200 || status === 201 || status === 204) return ok(null);
      if (status !== 409 && status !== 412) return err(complaintOf(put.value));
      const there = await isThere(object, signal);
      if (!there.ok || there.value) return there.ok ? ok(null) : there;
      return err(failure('face-return.refused', 'another object has that name'));
    },
    remove: async (name, options) => {
      const removed = await exchange({ method: 'DELETE', name, headers: {}, body: NOTHING }, options?.signal);
      if (!removed.ok) return removed;
      return [200, 202, 204, 404].includes(removed.value.status) ? ok(null) : err(complaintOf(removed.value));
    },
  };
}

function putHeaders(object: FaceObject, { headerPrefix, putHeaders }: BucketDialect): Readonly<Record<string, string>> {
  return {
    ...putHeaders,
    'content-type': object.type,
    'content-md5': createHash('md5').update(object.bytes).digest('base64'),
    [`${headerPrefix}meta-sha256`]: object.sha256,
  };
}

/** By the SHA-256 that we sent along; by the ETag, which of an object in one piece is its MD5, where that is missing. */
function isSame(headers: Headers, object: FaceObject, { headerPrefix }: BucketDialect): boolean {
  const noted = headers.get(`${headerPrefix}meta-sha256`);
  if (noted !== null) return noted === object.sha256;
  const tag = (headers.get('etag') ?? '').replaceAll('"', '').toLowerCase();
  return tag === createHash('md5').update(object.bytes).digest('hex');
}

/** What a store says that it didn't take an object. Its code is kept, never its message, which repeats keys. */
function complaintOf({ status, body }: Answer): Failure {
  const code = /<Code>([A-Za-z0-9.]{1,60})<\/Code>/.exec(new TextDecoder().decode(body))?.[1];
  const detail = code === undefined ? `HTTP ${status}` : `HTTP ${status} ${code}`;
  const isPassing = status === 408 || status === 429 || status >= 500;
  return failure(isPassing ? 'face-return.unreachable' : 'face-return.refused', detail);
}
