import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SendToVendor, VendorRequest } from '../../../../src/main/verifiers/contract.ts';
import { createUniVerifier } from '../../../../src/main/verifiers/uni/uni-verifier.ts';
import { systemClock } from '../../../../src/shared/clock.ts';
import { ok } from '../../../../src/shared/result.ts';

/** The function of docs/verifiers/uni.md, run as it stands there. */
const DOCUMENT = new URL('../../../../docs/verifiers/uni.md', import.meta.url);
const secret = 'a secret of at least thirty-two characters';
const context = { trace: { traceId: '1'.repeat(32), spanId: '2'.repeat(16) } };
const visit = {
  orderId: 'a'.repeat(32),
  identity: { name: '样本甲', number: '110101199003078814' },
  metaInfo: '{}',
};

interface FunctionAnswer {
  readonly statusCode: number;
  readonly body: string;
}
interface FunctionEvent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}
type CloudFunction = (event: FunctionEvent, context: { readonly requestId: string }) => Promise<FunctionAnswer>;

let source: string;
let asked: unknown[];
let verdict: () => unknown;
let main: CloudFunction;

beforeAll(async () => {
  const text = await readFile(DOCUMENT, 'utf8');
  source = /```js\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
});
beforeEach(() => {
  asked = [];
  verdict = () => ({ authState: 'SUCCESS', score: 95 });
  main = loaded();
});

/** Runs the document's code with stand-ins for the vendor's manager and database. */
function loaded(): CloudFunction {
  const nonces = new Set<string>();
  const collection = () => ({
    add: async ({ _id }: { readonly _id: string }) => {
      if (nonces.has(_id)) throw new Error('duplicate key');
      nonces.add(_id);
    },
  });
  const manager = {
    getCertifyId: async (request: unknown) => {
      asked.push(request);
      return { certifyId: 'certify-0001' };
    },
    getAuthResult: async (request: unknown) => {
      asked.push(request);
      return verdict();
    },
  };
  const exports: { main?: CloudFunction } = {};
  runInNewContext(source, {
    exports,
    require: createRequire(import.meta.url),
    process: { env: { COUNTERSIGN_SECRET: secret } },
    Buffer,
    uniCloud: { database: () => ({ collection }), getFacialRecognitionVerifyManager: () => manager },
  });
  if (!exports.main) throw new Error('the document holds no function');
  return exports.main;
}

/** What the URL of a function does with a request. */
const through =
  (change: (request: VendorRequest) => VendorRequest, base64: boolean): SendToVendor =>
  async (request) => {
    const { headers, body } = change(request);
    const text = Buffer.from(body).toString(base64 ? 'base64' : 'utf8');
    const answer = await main({ headers, body: text, isBase64Encoded: base64 }, { requestId: 'request-1' });
    return ok({ status: answer.statusCode, headers: new Headers(), body: Buffer.from(answer.body) });
  };

function verifier(change: (request: VendorRequest) => VendorRequest = (request) => request, base64 = false) {
  const parts = { send: through(change, base64), clock: systemClock, randomBytes };
  return createUniVerifier(parts, { url: 'https://function.invalid/verify', secret });
}

async function outcome(of: ReturnType<typeof verifier>): Promise<string> {
  const opened = await of.open(visit, context);
  if (!opened.ok) return `${opened.error.reason} ${opened.error.vendor?.code ?? ''}`;
  const answer = await of.result(opened.value.certifyId, visit.orderId, context);
  return answer.kind === 'pending' ? 'pending' : `${answer.outcome.reason} ${answer.outcome.vendor?.code ?? ''}`;
}

describe('the function that the document shows', () => {
  it.each([false, true])('opens and reads a visit (base64: %s)', async (base64) => {
    expect(await outcome(verifier(undefined, base64))).toBe('ok.confirmed SUCCESS');
    expect(JSON.parse(JSON.stringify(asked))).toEqual([
      { realName: '样本甲', idCard: '110101199003078814', metaInfo: '{}', needPicture: false },
      { certifyId: 'certify-0001' },
    ]);
  });

  it.each([
    ['its code', () => ({ authState: 'FAIL', score: 12 }), 'face.low-similarity FAIL'],
    ['that it goes on', () => ({ authState: 'PROCESSING' }), 'pending'],
    [
      'an error',
      () => {
        throw Object.assign(new Error('none'), { errCode: 56002 });
      },
      'outcome.unknown 56002',
    ],
    [
      'an error without a code',
      () => {
        throw new Error('none');
      },
      'source.unavailable 60000',
    ],
  ])('hands on %s', async (_, given, expected) => {
    verdict = given;
    expect(await outcome(verifier())).toBe(expected);
  });

  const header = (name: string, value: string) => (request: VendorRequest) => ({
    ...request,
    headers: { ...request.headers, [name]: value },
  });
  it.each([
    ['another body', (request: VendorRequest) => ({ ...request, body: '{}' }), 'signature-mismatch'],
    ['no signature', header('x-countersign-signature', ''), 'signature-missing'],
    ['another signature', header('x-countersign-signature', `v1=${'0'.repeat(64)}`), 'signature-mismatch'],
    ['another nonce', header('x-countersign-nonce', '0'.repeat(32)), 'signature-mismatch'],
    ['an old timestamp', header('x-countersign-timestamp', '1700000000'), 'signature-expired'],
  ])('refuses %s', async (_, change, code) => {
    expect((await outcome(verifier(change))).split(' ')[1]).toBe(code);
    expect(asked).toEqual([]);
  });

  it('refuses a request that was recorded', async () => {
    let recorded: VendorRequest | null = null;
    const repeat = (request: VendorRequest) => (recorded ??= request);
    const replaying = verifier(repeat);
    await replaying.open(visit, context);
    expect(await outcome(replaying)).toBe('verifier.refused nonce-used');
  });
});
