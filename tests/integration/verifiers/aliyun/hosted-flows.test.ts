import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FakeVendor } from '../../../../src/fake-vendor/contract.ts';
import { startFakeVendor } from '../../../../src/fake-vendor/start.ts';
import { aliyunAdministration } from '../../../../src/main/verifiers/aliyun/administration.ts';
import { aliyunClient } from '../../../../src/main/verifiers/aliyun/aliyun-verifier.ts';
import type { AliyunClient } from '../../../../src/main/verifiers/aliyun/client.ts';
import {
  initFaceVerification,
  materialsOfTicket,
  openTicket,
  openVerification,
  resultOfFaceVerification,
  resultOfTicket,
  resultOfVerification,
  submitForTicket,
} from '../../../../src/main/verifiers/aliyun/hosted-flows.ts';
import { sendToVendor } from '../../../../src/main/verifiers/vendor-exchange.ts';
import { systemClock } from '../../../../src/shared/clock.ts';
import { CONTEXT, KEYS, ORDER_ID, PERSON } from '../../../unit/verifiers/aliyun/samples.ts';

let vendor: FakeVendor;
let client: AliyunClient;
beforeAll(async () => {
  vendor = await startFakeVendor('aliyun', { account: KEYS });
  const parts = { send: sendToVendor, clock: systemClock, randomBytes };
  client = aliyunClient(parts, { keys: KEYS, endpoint: vendor.address });
});
afterAll(() => vendor.close());
beforeEach(() => {
  for (const operation of vendor.operations) vendor.script(operation, []);
});

let tickets = 0;
const newTicket = () => ({ biz: 'scene', ticketId: `ticket-${(tickets += 1)}` });

describe('tickets of 2018', () => {
  it('are opened, worked on, passed, and tell their materials', async () => {
    const ticket = newTicket();
    const known = { Name: PERSON.name, IdentificationNumber: PERSON.number };
    const opened = await openTicket(client, ticket, known, CONTEXT);
    expect(opened).toMatchObject({ ok: true, value: { reference: ticket.ticketId, expiresInMs: 1_800_000 } });
    expect(opened.ok && opened.value.token).toBeTruthy();
    vendor.script('GetStatus', [{ code: '0' }, { code: '1' }]);
    expect(await resultOfTicket(client, ticket, CONTEXT)).toMatchObject({ kind: 'pending' });
    expect(await resultOfTicket(client, ticket, CONTEXT)).toMatchObject({ outcome: { state: 'passed' } });
    const materials = await materialsOfTicket(client, ticket, CONTEXT);
    expect(materials.ok && materials.value.Data.IdentificationNumber).toMatch(/^\d{17}[\dX]$/);
  });

  it('take what our own screens took, for a token', async () => {
    const ticket = newTicket();
    const opened = await openTicket(client, ticket, {}, CONTEXT);
    const token = opened.ok ? opened.value.token! : '';
    const materials = { Name: PERSON.name, IdentificationNumber: PERSON.number, FacePic: 'base64:///9j/4AAQ' };
    const answer = await submitForTicket(client, ticket.ticketId, token, materials, CONTEXT);
    expect(answer).toMatchObject({ outcome: { state: 'passed' } });
    const sent = vendor.received.at(-1)!;
    expect(sent.parameters).toMatchObject({
      'Material.3.MaterialType': 'FacePic',
      'Material.3.Value': 'base64:///9j/4AAQ',
    });
    vendor.script('SubmitMaterials', [{ code: 'InvalidParam.VerifyTokenExpired' }, { fault: 'drop' }]);
    expect(await submitForTicket(client, ticket.ticketId, token, materials, CONTEXT)).toMatchObject({
      outcome: { reason: 'verification.expired', retry: 'service' },
    });
    expect(await submitForTicket(client, ticket.ticketId, token, materials, CONTEXT)).toMatchObject({
      outcome: { reason: 'outcome.unknown' },
    });
  });

  it('that nobody handed in are abandoned, and ones that fail are failed', async () => {
    vendor.script('GetStatus', [{ code: '-1' }, { code: '2' }, { fault: 'html' }, { code: 'InvalidParam.InvalidBiz' }]);
    const reasons = [];
    for (let time = 0; time < 4; time += 1) {
      const answer = await resultOfTicket(client, newTicket(), CONTEXT);
      reasons.push(answer.kind === 'settled' ? answer.outcome.reason : 'pending');
    }
    expect(reasons).toEqual([
      'verification.abandoned',
      'face.low-similarity',
      'verifier.malformed',
      'verifier.misconfigured',
    ]);
  });
});

describe('verifications of 2019', () => {
  it('are opened and decided, with their materials', async () => {
    const opened = await openVerification(client, { BizType: 'scene', BizId: 'one', Name: PERSON.name }, CONTEXT);
    expect(opened).toMatchObject({ ok: true, value: { reference: 'one', expiresInMs: 1_800_000 } });
    const passed = await resultOfVerification(client, { bizType: 'scene', bizId: 'one' }, CONTEXT);
    expect(passed.answer).toMatchObject({ outcome: { state: 'passed' } });
    expect(passed.materials?.FaceQuality).toBe('NORMAL');
    vendor.script('DescribeVerifyResult', [{ code: '11' }]);
    const { answer } = await resultOfVerification(client, { bizType: 'scene', bizId: 'one' }, CONTEXT);
    expect(answer).toMatchObject({ outcome: { state: 'review', reason: 'source.no-photo' } });
  });

  it('of nobody with that name are refused from the start', async () => {
    vendor.script('DescribeVerifyToken', [{ code: '3101' }]);
    const opened = await openVerification(client, { BizType: 'scene', BizId: 'two' }, CONTEXT);
    expect(opened).toMatchObject({ ok: false, error: { code: 'identity.mismatch', detail: 'code 3101' } });
  });
});

describe('the financial series in the vendor’s client', () => {
  const request = {
    SceneId: 1,
    OuterOrderNo: ORDER_ID,
    ProductCode: 'ID_PRO',
    MetaInfo: '{"deviceType":"h5"}',
    CertType: 'IDENTITY_CARD',
    CertName: PERSON.name,
    CertNo: PERSON.number,
    ReturnUrl: 'https://kiosk.example/back',
  } as const;

  it('is started, finished and told', async () => {
    const opened = await initFaceVerification(client, request, CONTEXT);
    if (!opened.ok) throw new Error(opened.error.code);
    expect(opened.value.pageUrl).toMatch(/^https:/);
    const certifyId = opened.value.reference;
    vendor.script('DescribeFaceVerify', [{ code: '424' }, { code: '202' }, { code: '200' }, { code: '500' }]);
    const answers = [];
    for (let time = 0; time < 4; time += 1) {
      const answer = await resultOfFaceVerification(client, { sceneId: 1, certifyId }, CONTEXT);
      answers.push(answer.kind === 'settled' ? answer.outcome.reason : 'pending');
    }
    expect(answers).toEqual(['pending', 'identity.not-found', 'ok.confirmed', 'pending']);
  });

  it('is refused for people whose source can not be used', async () => {
    for (const [code, reason] of [
      ['417', 'source.photo-unusable'],
      ['418', 'quota.daily'],
      ['419', 'material.picture-unfit'],
      ['427', 'risk.policy'],
    ] as const) {
      vendor.script('InitFaceVerify', [{ code }]);
      expect(await initFaceVerification(client, request, CONTEXT)).toMatchObject({ error: { code: reason } });
    }
  });

  it('needs what only the vendor’s client makes', async () => {
    const before = vendor.received.length;
    const without = await initFaceVerification(client, { ...request, MetaInfo: '' }, CONTEXT);
    expect(without).toMatchObject({ error: { code: 'request.invalid', detail: 'MetaInfo' } });
    expect(vendor.received.length).toBe(before);
  });
});

describe('an account’s administration', () => {
  it('makes scenes, counts calls and looks at faces', async () => {
    const account = aliyunAdministration(client);
    const scene = await account.createScene({ BizType: 'scene', BizName: '柜台', Solution: 'RPMin' }, CONTEXT);
    expect(scene).toMatchObject({ ok: true, value: { Solution: 'RPMin' } });
    const days = { StartDate: '2026-01-01', EndDate: '2026-01-31', CurrentPage: 1, PageSize: 10 };
    const counts = await account.faceCounts(days, CONTEXT);
    expect(counts.ok && counts.value.Items.length).toBe(1);
    const face = await account.faceAttributes({ MaterialValue: 'base64:///9j/4AAQ' }, CONTEXT);
    expect(face.ok && face.value.Data.FaceInfos?.FaceAttributesDetectInfo.length).toBe(1);
  });

  it('lists what was handed in, and nobody’s name', async () => {
    const account = aliyunAdministration(client);
    await openVerification(client, { BizType: 'scene', BizId: 'listed', Name: PERSON.name }, CONTEXT);
    await resultOfVerification(client, { bizType: 'scene', bizId: 'listed' }, CONTEXT);
    const today = new Date().toISOString().slice(0, 10);
    const days = { StartDate: `${today} 00:00:00`, EndDate: `${today} 23:59:59`, CurrentPage: 1, PageSize: 10 };
    const listed = await account.records({ ...days, BizType: 'scene', BizId: 'listed' }, CONTEXT);
    expect(listed.ok && listed.value.RecordsList).toMatchObject([{ BizId: 'listed', Status: 1 }]);
  });

  it('asks for at most ninety days', async () => {
    const days = { StartDate: '2026-01-01', EndDate: '2026-06-30', CurrentPage: 1, PageSize: 10 };
    const refused = await aliyunAdministration(client).faceCounts(days, CONTEXT);
    expect(refused).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
  });
});
