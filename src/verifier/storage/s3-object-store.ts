import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import {
  assertObjectKey,
  assertObjectSize,
  MAX_OBJECT_BYTES,
  ObjectExists,
  ObjectStoreFailure,
  type ObjectStore,
} from './object-store.ts';
import type { S3Keys, S3Place } from './s3-address.ts';

export interface S3Limits {
  /** Of one exchange, its body included. */
  readonly timeoutMs: number;
  readonly tries: number;
  /** The pause before try n + 1 is random, up to this times 2^n. */
  readonly pauseMs: number;
}

const DEFAULT_LIMITS: S3Limits = { timeoutMs: 10_000, tries: 4, pauseMs: 100 };

interface Exchange {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly key: string;
  readonly body?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** Objects in a bucket of an S3-compatible server. Every call has the same effect when it is made twice. */
export function openS3ObjectStore(place: S3Place, keys: S3Keys, limits: S3Limits = DEFAULT_LIMITS): ObjectStore {
  const exchange = createExchange(place, keys, limits);
  const get = async (key: string): Promise<Buffer | null> => {
    const answer = await exchange({ method: 'GET', key }, [200, 404]);
    return answer.status === 404 ? null : answer.body;
  };
  const exists = async (key: string): Promise<boolean> =>
    (await exchange({ method: 'HEAD', key }, [200, 404])).status === 200;
  const refuseOther = async (key: string, bytes: Buffer): Promise<void> => {
    const known = await get(key);
    if (known === null || !known.equals(bytes)) throw new ObjectExists();
  };
  return {
    put: async (key, bytes) => {
      assertObjectSize(bytes);
      // Not every server knows the condition, so it is asked first; those that do decide between two at once.
      if (await exists(key)) return refuseOther(key, bytes);
      const headers = { 'content-type': 'application/octet-stream', 'if-none-match': '*' };
      const answer = await exchange({ method: 'PUT', key, body: bytes, headers }, [200, 201, 204, 409, 412]);
      if (answer.status === 409 || answer.status === 412) await refuseOther(key, bytes);
    },
    get,
    remove: async (key) => void (await exchange({ method: 'DELETE', key }, [200, 202, 204, 404])),
    exists,
    ping: async () => void (await exists('ping')),
    close: async () => undefined,
  };
}

type MakeExchange = (exchange: Exchange, expected: readonly number[]) => Promise<Answer>;

function createExchange(place: S3Place, keys: S3Keys, { timeoutMs, tries, pauseMs }: S3Limits): MakeExchange {
  const client = new AwsClient({ ...keys, service: 's3', region: place.region, retries: 0 });
  const once = async ({ method, key, body = Buffer.alloc(0), headers = {} }: Exchange): Promise<Answer> => {
    const sha256 = createHash('sha256').update(body).digest('hex');
    const request = await client.sign(`${place.endpoint}/${place.bucket}/${place.prefix}${key}`, {
      method,
      headers: { ...headers, 'x-amz-content-sha256': sha256 },
      ...(method === 'PUT' ? { body: new Uint8Array(body) } : {}),
    });
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(request, { redirect: 'manual', signal });
    return { status: response.status, body: await readBounded(response) };
  };
  return async (exchange, expected) => {
    assertObjectKey(exchange.key);
    for (let attempt = 1; ; attempt += 1) {
      const answer = await once(exchange).catch((error: unknown) => reasonOf(error));
      if (typeof answer !== 'string' && expected.includes(answer.status)) return answer;
      const isPassing = typeof answer === 'string' || answer.status === 429 || answer.status >= 500;
      if (!isPassing || attempt >= tries) {
        throw new ObjectStoreFailure(typeof answer === 'string' ? answer : `status ${answer.status}`);
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * pauseMs * 2 ** attempt));
    }
  };
}

/** Reads no further than the largest object, whatever the server announces. */
async function readBounded(response: Response): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  if (response.body === null) return Buffer.alloc(0);
  for await (const piece of response.body as ReadableStream<Uint8Array>) {
    bytes += piece.length;
    if (bytes > MAX_OBJECT_BYTES) throw new ObjectStoreFailure('an object is too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function reasonOf(error: unknown): string {
  if (error instanceof ObjectStoreFailure) throw error;
  return error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'no answer';
}
