import { createHash, createHmac, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeVendor, ReceivedCall, ScriptedAnswer } from '../../../src/fake-vendor/contract.ts';
import { startFakeVendor } from '../../../src/fake-vendor/start.ts';

const account = { accessKeyId: 'id', secretAccessKey: 'secret' };
const MAX_BYTES = 1_000_000;

let vendor: FakeVendor;
let told: ReceivedCall[];

beforeEach(async () => {
  told = [];
  vendor = await startFakeVendor('aliyun', { account, onCall: (call) => told.push(call) });
});
afterEach(() => vendor.close());

/** A call with the older signature, in so many words: what comes back, or how the connection ended. */
async function ask(operation: string, parameters: Record<string, string>): Promise<string> {
  const all: Record<string, string> = {
    Action: operation,
    Version: '2019-03-07',
    AccessKeyId: account.accessKeyId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomBytes(16).toString('hex'),
    Timestamp: new Date().toISOString().replace(/\.\d+/, ''),
    ...parameters,
  };
  const body = new URLSearchParams({ ...all, Signature: signature(all) });
  try {
    const response = await fetch(vendor.address, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(300),
    });
    return `${response.status} ${response.headers.get('location') ?? (await bounded(response))}`;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'timed out' : 'connection lost';
  }
}

function signature(parameters: Record<string, string>): string {
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const sorted = Object.keys(parameters).sort();
  const text = sorted.map((name) => `${encode(name)}=${encode(parameters[name] ?? '')}`).join('&');
  return createHmac('sha1', `${account.secretAccessKey}&`)
    .update(`POST&%2F&${encode(text)}`)
    .digest('base64');
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const stream: ReadableStream<Uint8Array> | null = response.body;
  for await (const chunk of stream ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) return 'more than a million bytes';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

const MATERIAL = { BizType: 'b', BizId: 'order', Name: 'n', IdCardNumber: 'i', FaceImageUrl: 'f' };

describe('a fault', () => {
  const CASES: readonly (readonly [NonNullable<ScriptedAnswer['fault']>, RegExp, string])[] = [
    ['refuse', /^connection lost$/, '-1'],
    ['drop', /^connection lost$/, '7'],
    ['cut', /^connection lost$/, '7'],
    ['hang', /^timed out$/, '7'],
    ['html', /^200 <!doctype html>/, '-1'],
    ['redirect', /^307 http:\/\/elsewhere\.invalid/, '-1'],
    ['nonsense', /^200 \{"Response":\{"Res$/, '-1'],
    ['flood', /more than a million bytes/, '-1'],
  ];

  it.each(CASES)('%s looks so, and a query tells whether it took effect', async (fault, looks, status) => {
    vendor.script('VerifyMaterial', [{ fault, code: '7' }]);
    const answer = await ask('VerifyMaterial', MATERIAL);
    const query = await ask('DescribeVerifyResult', { BizType: 'b', BizId: 'order' });
    expect(answer).toMatch(looks);
    expect(query).toContain(`"VerifyStatus":${status},`);
    expect(vendor.received.filter(({ billed }) => billed)).toHaveLength(status === '7' ? 1 : 0);
    expect(told).toEqual(vendor.received);
  });
});

describe('a script', () => {
  it('is used step by step, the last one again and again, until it is taken away', async () => {
    vendor.script('Id2MetaVerify', [{ code: '2' }, { code: '3' }]);
    const parameters = { ParamType: 'normal', UserName: 'n', IdentifyNum: 'i' };
    const codes: (string | undefined)[] = [];
    const next = async () => codes.push(/"BizCode":"(\d)"/.exec(await ask('Id2MetaVerify', parameters))?.[1]);
    for (let call = 0; call < 3; call += 1) await next();
    vendor.script('Id2MetaVerify', []);
    await next();
    expect(codes).toEqual(['2', '3', '3', '1']);
  });

  it('puts its own status, headers, body and wait in the place of the vendor’s', async () => {
    vendor.script('Id2MetaVerify', [
      { httpStatus: 429, headers: { 'retry-after': '7' }, body: { Code: 'Busy' }, delayMs: 30 },
    ]);
    const before = performance.now();
    const answer = await ask('Id2MetaVerify', { ParamType: 'normal', UserName: 'n', IdentifyNum: 'i' });
    expect(answer).toBe('429 {"Code":"Busy"}');
    expect(performance.now() - before).toBeGreaterThan(25);
  });

  it('isn’t used up by a call whose signature is refused', async () => {
    vendor.script('Id2MetaVerify', [{ code: '2' }, { code: '3' }]);
    const parameters = { ParamType: 'normal', UserName: 'n', IdentifyNum: 'i' };
    const refused = await ask('Id2MetaVerify', { ...parameters, Timestamp: '2020-01-01T00:00:00Z' });
    expect(refused).toContain('InvalidTimeStamp.Expired');
    expect(await ask('Id2MetaVerify', parameters)).toContain('"BizCode":"2"');
  });

  it('is for operations that exist', () => {
    expect(() => vendor.script('NoSuchThing', [{}])).toThrow(RangeError);
  });
});

describe('the older signature', () => {
  it.each([
    ['another key', { AccessKeyId: 'other' }, 'InvalidAccessKeyId.NotFound'],
    ['another method', { SignatureMethod: 'HMAC-SHA256' }, 'IncompleteSignature'],
    ['a token nobody gave', { SecurityToken: 'x' }, 'InvalidSecurityToken.MismatchWithAccessKey'],
    ['another signature', { Signature: 'x' }, 'SignatureDoesNotMatch'],
    ['no such operation', { Action: 'NoSuchThing' }, 'InvalidAction.NotFound'],
    ['another version', { Version: '2018-09-16' }, 'InvalidVersion'],
    ['a missing field', { UserName: '' }, '"Code":"400"'],
  ])('is refused with %s', async (_, change, code) => {
    const parameters = { ParamType: 'normal', UserName: 'n', IdentifyNum: 'i' };
    expect(await ask('Id2MetaVerify', { ...parameters, ...change })).toContain(code);
  });

  it('is used once', async () => {
    const parameters = { ParamType: 'normal', UserName: 'n', IdentifyNum: 'i', SignatureNonce: 'once' };
    const [first, second] = [await ask('Id2MetaVerify', parameters), await ask('Id2MetaVerify', parameters)];
    expect([first.includes('"BizCode":"1"'), second.includes('SignatureNonceUsed')]).toEqual([true, true]);
  });
});

describe('objects', () => {
  function signed(method: string, path: string, more: Record<string, string> = {}): Record<string, string> {
    const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const day = date.slice(0, 8);
    const headers: Record<string, string> = { 'x-oss-date': date, 'x-oss-content-sha256': 'UNSIGNED-PAYLOAD', ...more };
    const lines = Object.keys(headers)
      .sort()
      .map((name) => `${name}:${headers[name] ?? ''}\n`);
    const canonical = [method, path, '', lines.join(''), '', 'UNSIGNED-PAYLOAD'].join('\n');
    const scope = `${day}/cn-hangzhou/oss/aliyun_v4_request`;
    const digest = createHash('sha256').update(canonical).digest('hex');
    const steps = [day, 'cn-hangzhou', 'oss', 'aliyun_v4_request', `OSS4-HMAC-SHA256\n${date}\n${scope}\n${digest}`];
    const key = steps.reduce<string | Buffer>(
      (secret, step) => createHmac('sha256', secret).update(step).digest(),
      `aliyun_v4${account.secretAccessKey}`,
    );
    const credential = `Credential=${account.accessKeyId}/${scope}`;
    return { ...headers, authorization: `OSS4-HMAC-SHA256 ${credential},Signature=${key.toString('hex')}` };
  }

  it('are put once, read and deleted', async () => {
    const path = '/bucket/folder/clip.mp4';
    const send = async (method: string, more: Record<string, string> = {}, body?: string) => {
      const response = await fetch(vendor.address + path, {
        method,
        headers: signed(method, path, more),
        ...(body === undefined ? {} : { body: Buffer.from(body) }),
      });
      return `${response.status} ${/<Code>(\w+)/.exec(await response.clone().text())?.[1] ?? (await response.text())}`;
    };
    const answers = [
      await send('GET'),
      await send('PUT', { 'x-oss-forbid-overwrite': 'true' }, 'bytes'),
      await send('PUT', { 'x-oss-forbid-overwrite': 'true' }, 'other'),
      await send('GET'),
      await send('DELETE'),
      await send('GET'),
    ];
    expect(answers).toEqual(['404 NoSuchKey', '200 ', '409 FileAlreadyExists', '200 bytes', '204 ', '404 NoSuchKey']);
  });
});
