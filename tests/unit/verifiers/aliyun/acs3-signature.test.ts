import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type * as Core from '@alicloud/openapi-core';
import type * as Sdk from '@alicloud/cloudauth20190307';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acs3Authorization, acs3Headers } from '../../../../src/main/verifiers/aliyun/acs3-signature.ts';
import { formBody, type FormFields } from '../../../../src/main/verifiers/aliyun/form-body.ts';
import * as face from '../../../../src/main/verifiers/aliyun/operations/face-verify.ts';
import * as meta from '../../../../src/main/verifiers/aliyun/operations/meta-checks.ts';
import type { Operation } from '../../../../src/main/verifiers/aliyun/operations/operation.ts';
import * as statistics from '../../../../src/main/verifiers/aliyun/operations/statistics.ts';
import { compareFaces2019 } from '../../../../src/main/verifiers/aliyun/operations/verify-2018.ts';
import * as verify from '../../../../src/main/verifiers/aliyun/operations/verify-2019.ts';
import { KEYS, ORDER_ID } from './samples.ts';

/** The vendor's own client, the oracle of these tests. It is loaded here only. */
const load = createRequire(import.meta.url);
const sdk = load('@alicloud/cloudauth20190307') as typeof Sdk & Record<string, new (map: object) => unknown>;
const core = load('@alicloud/openapi-core') as typeof Core;

interface Recorded {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

let last: Recorded | null = null;
const recorder = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    last = { url: request.url ?? '', headers, body: Buffer.concat(chunks).toString('utf8') };
    response.setHeader('content-type', 'application/json').end('{"Code":"200","RequestId":"R"}');
  });
});
let host = '';
beforeAll(async () => {
  recorder.listen(0, '127.0.0.1');
  await once(recorder, 'listening');
  host = `127.0.0.1:${(recorder.address() as AddressInfo).port}`;
});
afterAll(() => void recorder.close());

const PERSON = { UserName: "a b*~'()!+李 四", IdentifyNum: '99999919900101123X', ParamType: 'normal' } as const;
const CERT = { CertType: 'IDENTITY_CARD', CertName: PERSON.UserName, CertNo: PERSON.IdentifyNum } as const;
const PICTURE = '/9j/4AAQSkZJRg==';
const ORDER = { SceneId: 1_000_000_006, OuterOrderNo: ORDER_ID } as const;
const DAYS = { StartDate: '2026-01-01', EndDate: '2026-01-31', CurrentPage: 1, PageSize: 10 } as const;

type Sample = readonly [operation: Operation<never, unknown>, request: FormFields];
function sample<Request extends FormFields>(operation: Operation<Request, unknown>, request: Request): Sample {
  return [operation as unknown as Operation<never, unknown>, request];
}

/** Where the vendor's client puts everything into the body, as we do. */
const SAME_FORM: readonly Sample[] = [
  sample(face.contrastFaceVerify, { ...ORDER, ...CERT, ProductCode: 'ID_MIN', FaceContrastPicture: PICTURE }),
  sample(face.contrastFaceVerify, {
    ...ORDER,
    ...CERT,
    ProductCode: 'ID_MIN_VIDEO',
    OssBucketName: 'bucket',
    OssObjectName: 'countersign/a.mp4',
  }),
  sample(face.livenessFaceVerify, { ...ORDER, ProductCode: 'LR_FR_MIN', FaceContrastPicture: PICTURE }),
  sample(face.compareFaceVerify, {
    ...ORDER,
    ProductCode: 'PV_FC',
    SourceFaceContrastPicture: PICTURE,
    TargetFaceContrastPicture: PICTURE,
  }),
  sample(meta.id2MetaVerify, PERSON),
  sample(meta.id2MetaPeriodVerify, { ...PERSON, ValidityStartDate: '20200102', ValidityEndDate: '长期' }),
  sample(meta.mobile3MetaSimpleVerify, { ...PERSON, Mobile: '10000000000' }),
  sample(meta.mobile3MetaDetailVerify, { ...PERSON, Mobile: '10000000000' }),
  sample(compareFaces2019, {
    SourceImageType: 'FacePic',
    SourceImageValue: `base64://${PICTURE}`,
    TargetImageType: 'IDPic',
    TargetImageValue: `base64://${PICTURE}`,
  }),
  sample(verify.detectFaceAttributes, { BizType: 'scene', MaterialValue: `base64://${PICTURE}` }),
];

/** Where it puts them into the address, which we never do. */
const OTHER_FORM: readonly Sample[] = [
  sample(face.contrastFaceVerify, {
    ...ORDER,
    ...CERT,
    ProductCode: 'ID_MIN',
    Model: 'REAR_CAMERA_LIVENESS',
    FaceContrastPicture: PICTURE,
  }),
  sample(face.initFaceVerify, {
    ...ORDER,
    ...CERT,
    ProductCode: 'ID_PRO',
    MetaInfo: '{"a":"*"}',
    Mobile: '10000000000',
  }),
  sample(face.describeFaceVerify, { SceneId: 1, CertifyId: 'sha1' }),
  sample(face.deleteFaceVerifyResult, { CertifyId: 'sha1', DeleteAfterQuery: 'N' }),
  sample(meta.bankMetaVerify, {
    ProductType: 'BANK_CARD_4_META',
    VerifyMode: 'VERIFY_BANK_CARD',
    IdentityType: 'IDENTITY_CARD',
    BankCard: '9999990000000000',
    Mobile: '10000000000',
    ...PERSON,
  }),
  sample(meta.deepfakeDetect, { OuterOrderNo: ORDER_ID, FaceInputType: 'IMAGE', FaceBase64: PICTURE }),
  sample(verify.describeVerifyToken, { BizType: 'scene', BizId: ORDER_ID, Name: PERSON.UserName }),
  sample(verify.describeVerifyResult, { BizType: 'scene', BizId: ORDER_ID }),
  sample(verify.verifyMaterial, {
    BizType: 'scene',
    BizId: ORDER_ID,
    Name: PERSON.UserName,
    IdCardNumber: PERSON.IdentifyNum,
    FaceImageUrl: 'oss://bucket:a/face.jpg',
  }),
  sample(verify.createVerifySetting, { BizType: 'scene', BizName: '场景', Solution: 'RPMin', ResultStep: true }),
  sample(statistics.describePageFaceVerifyData, DAYS),
  sample(statistics.describeSmartStatisticsPageList, {
    ...DAYS,
    StartDate: '2026-01-01 00:00:00 +0800',
    EndDate: '2026-01-31 00:00:00 +0800',
  }),
];

function named(samples: readonly Sample[]) {
  return samples.map(([{ action, version }, request]) => ({ action, version, request }));
}

async function sentBySdk(action: string, request: FormFields): Promise<Recorded> {
  const credential = {
    getCredential: () => ({ type: 'access_key', accessKeyId: KEYS.accessKeyId, accessKeySecret: KEYS.secretAccessKey }),
  };
  const config = new core.$OpenApiUtil.Config({ endpoint: host, protocol: 'http', credential: credential as never });
  const client = new sdk.default(config) as unknown as Record<string, (request: unknown) => Promise<unknown>>;
  const lower = (name: string) => name[0]!.toLowerCase() + name.slice(1);
  const Request = sdk[`${action}Request`]!;
  const named = Object.fromEntries(Object.entries(request).map(([name, value]) => [lower(name), value]));
  await client[lower(action)]!(new Request(named));
  return last!;
}

function ours(action: string, version: string, body: string, recorded: Recorded): Record<string, string> {
  const nowMs = Date.parse(recorded.headers['x-acs-date']!);
  const nonce = recorded.headers['x-acs-signature-nonce']!;
  return acs3Headers({ host, action, version, body, nowMs, nonce }, KEYS);
}

describe('ACS3 signatures', () => {
  it.each(named(SAME_FORM))(
    'equal the vendor’s client byte for byte: $action',
    async ({ action, version, request }) => {
      const theirs = await sentBySdk(action, request);
      const body = formBody(request);
      const headers = ours(action, version, body, theirs);
      expect({ url: theirs.url, body: theirs.body }).toEqual({ url: '/', body });
      const compared = Object.fromEntries(Object.keys(headers).map((name) => [name, theirs.headers[name]]));
      expect(headers).toEqual(compared);
    },
  );

  it.each(named(OTHER_FORM))('hold for what it puts into addresses: $action', async ({ action, version, request }) => {
    const theirs = await sentBySdk(action, request);
    const address = new URL(theirs.url, 'http://localhost');
    // Its own form, signed by us: the query is encoded anew.
    const asSent = { method: 'POST', pathname: '/', query: Object.fromEntries(address.searchParams) } as const;
    const payload = theirs.headers['x-acs-content-sha256']!;
    const signed = acs3Authorization({ ...asSent, headers: theirs.headers }, payload, KEYS);
    expect(signed).toBe(theirs.headers['authorization']);
    // Our form, signed by its code: the same parameters, none of them in the address.
    const body = formBody(request);
    const headers = ours(action, version, body, theirs);
    const { authorization, ...rest } = headers;
    expect(authorization).toBe(
      core.OpenApiUtil.getAuthorization(
        { method: 'POST', pathname: '/', query: {}, headers: rest } as never,
        'ACS3-HMAC-SHA256',
        rest['x-acs-content-sha256']!,
        KEYS.accessKeyId,
        KEYS.secretAccessKey,
      ),
    );
    const parameters = [...address.searchParams, ...new URLSearchParams(theirs.body)];
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual(Object.fromEntries(parameters));
  });

  it('sign temporary keys with their token', () => {
    const call = { host, action: 'A', version: 'V', body: '', nowMs: 0, nonce: 'n' };
    const headers = acs3Headers(call, { ...KEYS, securityToken: 'token' });
    expect(headers['x-acs-date']).toBe('1970-01-01T00:00:00Z');
    expect(headers['authorization']).toContain('x-acs-accesskey-id;');
    expect(headers['authorization']).toContain('x-acs-security-token;');
  });

  it('take every sample for a request that may be sent', () => {
    for (const [operation, request] of [...SAME_FORM, ...OTHER_FORM]) {
      expect(operation.request.safeParse(request)).toMatchObject({ success: true });
    }
  });
});
