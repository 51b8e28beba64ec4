import { createRequire } from 'node:module';
import type * as Cloudauth from '@alicloud/cloudauth20190307';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FakeVendor } from '../../../src/fake-vendor/contract.ts';
import { checkAcs3 } from '../../../src/fake-vendor/aliyun/acs3-check.ts';
import { startFakeVendor } from '../../../src/fake-vendor/start.ts';
import { withEachByteAltered } from '../../support/altered-request.ts';

const load = createRequire(import.meta.url);
const kit = load('@alicloud/cloudauth20190307') as typeof Cloudauth;
const { $OpenApiUtil } = load('@alicloud/openapi-core') as {
  $OpenApiUtil: {
    Config: new (options: Record<string, unknown>) => ConstructorParameters<typeof Cloudauth.default>[0];
  };
};

type CloudauthClient = Cloudauth.default;

const account = { accessKeyId: 'LTAIsample', secretAccessKey: 'sample-secret' };
const person = { certName: "样本·甲 a*b~'()!", certNo: '110101199003078814' };
const scene = { sceneId: 1000000001, outerOrderNo: 'order0001', productCode: 'ID_MIN' };

let nowMs = Date.now();
let vendor: FakeVendor;

beforeAll(async () => {
  vendor = await startFakeVendor('aliyun', { account, nowMs: () => nowMs });
});
afterAll(() => vendor.close());
beforeEach(() => {
  nowMs = Date.now();
});

function client(more: Record<string, string> = {}): CloudauthClient {
  const config = new $OpenApiUtil.Config({
    accessKeyId: account.accessKeyId,
    accessKeySecret: account.secretAccessKey,
    endpoint: vendor.address.replace('http://', ''),
    protocol: 'http',
    ...more,
  });
  return new kit.default(config);
}

const twoElements = (from: CloudauthClient) =>
  from.id2MetaVerify(
    new kit.Id2MetaVerifyRequest({ paramType: 'normal', userName: person.certName, identifyNum: person.certNo }),
  );

describe("requests of the vendor's own kit", () => {
  it('are accepted with what every operation answers', async () => {
    const contrast = await client().contrastFaceVerify(
      new kit.ContrastFaceVerifyRequest({
        ...scene,
        ...person,
        certType: 'IDENTITY_CARD',
        model: 'REAR_CAMERA_LIVENESS',
        faceContrastPicture: 'AAAA',
      }),
    );
    const certifyId = contrast.body?.resultObject?.certifyId ?? '';
    const described = await client().describeFaceVerify(
      new kit.DescribeFaceVerifyRequest({ sceneId: scene.sceneId, certifyId }),
    );
    const opened = await client().initFaceVerify(
      new kit.InitFaceVerifyRequest({
        ...scene,
        ...person,
        certType: 'IDENTITY_CARD',
        metaInfo: '{}',
        productCode: 'ID_PRO',
      }),
    );
    const compared = await client().compareFaceVerify(
      new kit.CompareFaceVerifyRequest({
        ...scene,
        productCode: 'PV_FC',
        sourceFaceContrastPicture: 'AAAA',
        targetFaceContrastPicture: 'BBBB',
      }),
    );
    const elements = await twoElements(client());
    const erased = await client().deleteFaceVerifyResult(
      new kit.DeleteFaceVerifyResultRequest({ certifyId, deleteAfterQuery: 'N' }),
    );
    expect({
      contrast: contrast.body?.resultObject?.passed,
      described: described.body?.resultObject?.subCode,
      opened: opened.body?.code,
      compared: compared.body?.resultObject?.verifyScore,
      elements: elements.body?.resultObject?.bizCode,
      erased: erased.body?.resultObject?.deleteResult,
    }).toEqual({ contrast: 'T', described: '200', opened: '200', compared: 91.5, elements: '1', erased: 'Y' });
    expect(vendor.received.map(({ signature }) => signature)).toEqual(Array(6).fill('accepted'));
  });

  it('are accepted where personal data stands in the query, encoded the kit’s way', async () => {
    await client().initFaceVerify(
      new kit.InitFaceVerifyRequest({ ...scene, ...person, metaInfo: '{}', productCode: 'ID_PRO' }),
    );
    const call = vendor.received.at(-1);
    expect(call?.url).toContain("a*b~'()!".slice(0, 3));
    expect(call?.parameters['CertName']).toBe(person.certName);
    expect(call?.signature).toBe('accepted');
  });

  it.each([
    ['another secret', 'SignatureDoesNotMatch', () => twoElements(client({ accessKeySecret: 'other' }))],
    ['another key', 'InvalidAccessKeyId.NotFound', () => twoElements(client({ accessKeyId: 'LTAIother' }))],
    [
      'an unknown token',
      'InvalidSecurityToken.MismatchWithAccessKey',
      () => twoElements(client({ securityToken: 'other' })),
    ],
    [
      'a clock sixteen minutes slow',
      'InvalidTimeStamp.Expired',
      () => {
        nowMs += 16 * 60_000;
        return twoElements(client());
      },
    ],
  ])('are refused with %s', async (_, code, call) => {
    await expect(call()).rejects.toMatchObject({ code });
  });

  it('are told how long to wait when they are too many', async () => {
    vendor.script('Id2MetaVerify', [{ code: 'Throttling.User' }, {}]);
    await expect(twoElements(client())).rejects.toMatchObject({ code: 'Throttling.User', retryAfter: 2000 });
    await expect(twoElements(client())).resolves.toMatchObject({ statusCode: 200 });
    vendor.script('Id2MetaVerify', []);
  });
});

describe('a request with one thing altered', () => {
  /** Repeats the kit's request with a change, straight over HTTP. */
  async function repeated(change: {
    headers?: Record<string, string>;
    body?: string;
    query?: string;
  }): Promise<string> {
    const other = await startFakeVendor('aliyun', { account, nowMs: () => nowMs });
    try {
      await twoElements(client({ endpoint: other.address.replace('http://', '') }));
      const call = other.received.at(-1);
      if (!call) throw new Error('nothing arrived');
      const kept = Object.keys(call.headers).filter((name) => /^(x-acs-.*|authorization|content-type)$/.test(name));
      const headers = Object.fromEntries(kept.map((name) => [name, call.headers[name] ?? '']));
      const response = await fetch(`${other.address}${change.query ?? call.url}`, {
        method: 'POST',
        headers: { ...headers, ...change.headers },
        body: change.body ?? call.body.toString(),
      });
      return ((await response.json()) as { Code: string }).Code;
    } finally {
      await other.close();
    }
  }

  it('is refused, and unaltered for its nonce', async () => {
    const altered = {
      nothing: await repeated({}),
      body: await repeated({ body: 'ParamType=normal&UserName=x&IdentifyNum=y' }),
      digest: await repeated({ headers: { 'x-acs-content-sha256': '0'.repeat(64) } }),
      query: await repeated({ query: '/?Extra=1' }),
      nonce: await repeated({ headers: { 'x-acs-signature-nonce': 'another' } }),
      date: await repeated({ headers: { 'x-acs-date': new Date(nowMs + 60_000).toISOString().replace(/\.\d+/, '') } }),
      malformedDate: await repeated({ headers: { 'x-acs-date': 'today' } }),
      action: await repeated({ headers: { 'x-acs-action': 'BankMetaVerify' } }),
      unsigned: await repeated({ headers: { 'x-acs-extra': 'x' } }),
      authorization: await repeated({ headers: { authorization: 'ACS3-HMAC-SHA256 Credential=a' } }),
    };
    expect(altered).toEqual({
      nothing: 'SignatureNonceUsed',
      body: 'SignatureDoesNotMatch',
      digest: 'SignatureDoesNotMatch',
      query: 'SignatureDoesNotMatch',
      nonce: 'SignatureDoesNotMatch',
      date: 'SignatureDoesNotMatch',
      malformedDate: 'InvalidTimeStamp.Format',
      action: 'SignatureDoesNotMatch',
      unsigned: 'SignatureDoesNotMatch',
      authorization: 'IncompleteSignature',
    });
  });

  it('is refused whichever byte of query, body, signature or signed header it is', async () => {
    await client().initFaceVerify(
      new kit.InitFaceVerifyRequest({ ...scene, ...person, metaInfo: '{}', productCode: 'ID_PRO' }),
    );
    const call = vendor.received.at(-1);
    if (!call) throw new Error('nothing arrived');
    const { url, headers, body, atMs } = call;
    const request = { method: 'POST', url, headers, body, atMs };
    const signed = Object.keys(headers).filter((name) => /^(x-acs-.*|authorization|content-type|host)$/.test(name));
    const altered = withEachByteAltered(request, signed);
    expect(checkAcs3(request, account, new Map())).toBeNull();
    const accepted = altered.filter(({ change }) => checkAcs3(change, account, new Map()) === null);
    expect(accepted.map(({ where }) => where)).toEqual([]);
    expect(altered.length).toBeGreaterThan(500);
  });
});
