import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Client as FaceidClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/faceid/v20180301/faceid_client.js';
import { Client as IaiClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/iai/v20200303/iai_client.js';
import { Client as OcrClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/ocr/v20181119/ocr_client.js';
import type { FakeVendor } from '../../../src/fake-vendor/contract.ts';
import { startFakeVendor } from '../../../src/fake-vendor/start.ts';
import { checkTc3 } from '../../../src/fake-vendor/tencent/tc3-check.ts';
import { withEachByteAltered } from '../../support/altered-request.ts';

const account = { accessKeyId: 'AKIDsample', secretAccessKey: 'sample-secret' };
const identity = { IdCard: '110101199003078814', Name: "样本·甲 a*b~'()!" };

let nowMs = Date.now();
let vendor: FakeVendor;

beforeAll(async () => {
  vendor = await startFakeVendor('tencent', { account, nowMs: () => nowMs });
});
afterAll(() => vendor.close());
beforeEach(() => {
  nowMs = Date.now();
});

function configuration(secretKey = account.secretAccessKey, secretId = account.accessKeyId) {
  const endpoint = vendor.address.replace('http://', '');
  return {
    credential: { secretId, secretKey },
    region: 'ap-guangzhou',
    profile: { httpProfile: { endpoint, protocol: 'http://', reqTimeout: 5 } },
  };
}

const faceid = (...keys: Parameters<typeof configuration>) => new FaceidClient(configuration(...keys));

describe("requests of the vendor's own kit", () => {
  it('are accepted with what every operation answers', async () => {
    const iai = new IaiClient(configuration());
    const ocr = new OcrClient(configuration());
    const answers = {
      picture: (await faceid().ImageRecognitionV2({ ...identity, ImageBase64: 'AAAA' })).Result,
      identity: (await faceid().IdCardVerification(identity)).Result,
      code: (await faceid().GetLiveCode()).LiveCode,
      actions: (await faceid().GetActionSequence({})).ActionSequence,
      clip: (
        await faceid().LivenessRecognition({
          ...identity,
          LivenessType: 'LIP',
          VideoBase64: 'AAAA',
          ValidateData: '4071',
          Optional: '{"BestFrameNum":2}',
        })
      ).BestFrameList?.length,
      faces: (await iai.CompareFace({ ImageA: 'AAAA', ImageB: 'AAAA' })).Score,
      card: (await ocr.IDCardOCR({ ImageBase64: 'AAAA', CardSide: 'BACK' })).ValidDate,
    };
    expect(answers).toEqual({
      picture: 'Success',
      identity: '0',
      code: '4071',
      actions: '2,1',
      clip: 2,
      faces: 82.5,
      card: '2015.01.01-2035.01.01',
    });
    expect(vendor.received.map(({ signature }) => signature)).toEqual(Array(7).fill('accepted'));
    expect(vendor.received.filter(({ billed }) => billed).map(({ operation }) => operation)).toEqual([
      'ImageRecognitionV2',
      'IdCardVerification',
      'LivenessRecognition',
      'CompareFace',
      'IDCardOCR',
    ]);
  });

  it.each([
    ['another secret', 'AuthFailure.SignatureFailure', () => faceid('other').IdCardVerification(identity)],
    [
      'another key',
      'AuthFailure.SecretIdNotFound',
      () => faceid(account.secretAccessKey, 'AKIDother').IdCardVerification(identity),
    ],
    [
      'a clock six minutes slow',
      'AuthFailure.SignatureExpire',
      () => {
        nowMs += 6 * 60_000;
        return faceid().IdCardVerification(identity);
      },
    ],
    [
      'a clock six minutes fast',
      'AuthFailure.SignatureExpire',
      () => {
        nowMs -= 6 * 60_000;
        return faceid().IdCardVerification(identity);
      },
    ],
    ['a missing field', 'MissingParameter', () => faceid().IdCardVerification({ IdCard: '', Name: 'n' })],
    [
      'an unknown field',
      'UnknownParameter',
      () => faceid().IdCardVerification({ ...identity, Nickname: 'n' } as typeof identity),
    ],
  ])('are refused with %s', async (_, code, call) => {
    await expect(call()).rejects.toMatchObject({ code });
  });
});

describe('a request with one thing altered', () => {
  /** Repeats the kit's last request with a change, straight over HTTP. */
  async function repeated(change: { headers?: Record<string, string>; body?: string }): Promise<string> {
    await faceid().IdCardVerification(identity);
    const call = vendor.received.at(-1);
    if (!call) throw new Error('nothing arrived');
    const kept = ['authorization', 'content-type', 'x-tc-action', 'x-tc-version', 'x-tc-timestamp', 'x-tc-region'];
    const headers = Object.fromEntries(kept.map((name) => [name, call.headers[name] ?? '']));
    const response = await fetch(vendor.address, {
      method: 'POST',
      headers: { ...headers, ...change.headers },
      body: change.body ?? call.body.toString(),
    });
    const answer = (await response.json()) as { Response: { Error?: { Code: string }; Result?: string } };
    return answer.Response.Error?.Code ?? `Result ${answer.Response.Result}`;
  }

  it('passes unaltered: the vendor has no memory of signatures', async () => {
    await expect(repeated({})).resolves.toBe('Result 0');
  });

  it('is refused', async () => {
    const second = String(Math.floor(Date.now() / 1000) + 1);
    const altered = {
      body: await repeated({ body: JSON.stringify({ ...identity, Name: '样本乙' }) }),
      time: await repeated({ headers: { 'x-tc-timestamp': second } }),
      type: await repeated({ headers: { 'content-type': 'application/json; charset=utf-8' } }),
      token: await repeated({ headers: { 'x-tc-token': 'other' } }),
      version: await repeated({ headers: { 'x-tc-version': '2017-03-12' } }),
      action: await repeated({ headers: { 'x-tc-action': 'NoSuchThing' } }),
      authorization: await repeated({ headers: { authorization: 'TC3-HMAC-SHA256 Credential=a' } }),
    };
    expect(altered).toEqual({
      body: 'AuthFailure.SignatureFailure',
      time: 'AuthFailure.SignatureFailure',
      type: 'AuthFailure.SignatureFailure',
      token: 'AuthFailure.TokenFailure',
      version: 'NoSuchVersion',
      action: 'InvalidAction',
      authorization: 'AuthFailure.InvalidAuthorization',
    });
  });

  it('is refused whichever byte of body, signature, type, host or time it is', async () => {
    await faceid().IdCardVerification(identity);
    const call = vendor.received.at(-1);
    if (!call) throw new Error('nothing arrived');
    // The port isn't signed: the kit leaves it away.
    const headers = { ...call.headers, host: '127.0.0.1' };
    const request = { method: 'POST', url: call.url, headers, body: call.body, atMs: call.atMs };
    const signed = ['authorization', 'content-type', 'host', 'x-tc-timestamp'];
    const altered = withEachByteAltered(request, signed);
    expect(checkTc3(request, account)).toBeNull();
    expect(altered.filter(({ change }) => checkTc3(change, account) === null).map(({ where }) => where)).toEqual([]);
    expect(altered.length).toBeGreaterThan(250);
  });
});
