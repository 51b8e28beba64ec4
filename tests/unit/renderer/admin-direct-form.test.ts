import { describe, expect, it } from 'vitest';
import {
  directDraft,
  needsKeys,
  NO_KEYS,
  parseDirect,
  type DirectDraft,
} from '../../../src/renderer/admin/verifier/direct-form.ts';
import type { DirectVerifierSetting } from '../../../src/shared/domain/direct-verifier.ts';
import { saveDirectVerifierSchema } from '../../../src/shared/ipc/admin-outbox.ts';

const KEYS = { keyId: ' LTAI-test ', keySecret: ' secret-of-a-test ', keyToken: '' };
const ALIYUN = {
  vendor: 'aliyun',
  endpoint: 'https://cloudauth.example',
  scenes: { ID_MIN: 1_000_001, PV_FC: 1_000_004 },
  oss: { bucket: 'clips-of-a-branch', endpoint: 'https://oss-cn-shanghai.aliyuncs.com', region: 'cn-shanghai' },
  model: 'NO_LIVENESS',
  hosted: { api: '2019-03-07', bizType: 'counter' },
  phoneDetail: true,
} as const satisfies DirectVerifierSetting;
const TENCENT = {
  vendor: 'tencent',
  region: 'ap-beijing',
  endpoints: { faceid: 'https://faceid.example' },
  ruleId: '1',
  falseAcceptRate: '1e-5',
  detailedPhoneAnswer: true,
} as const satisfies DirectVerifierSetting;
const UNI = { vendor: 'uni', url: 'https://function.example/verify' } as const satisfies DirectVerifierSetting;

function typed(vendor: DirectDraft['vendor'], change: Partial<DirectDraft> = {}): DirectDraft {
  return { ...directDraft(null), vendor, ...change };
}

describe('the form of a vendor that is asked directly', () => {
  it.each([[null], [ALIYUN], [TENCENT], [UNI]] as const)('gives back the setting that it shows: %j', (setting) => {
    expect(parseDirect(directDraft(setting), null, setting)).toEqual({ ok: true, value: { setting, keys: null } });
  });

  it.each([
    ['aliyun', {}, { vendor: 'aliyun', scenes: {}, model: 'REAR_CAMERA_LIVENESS' }],
    ['tencent', {}, { vendor: 'tencent', region: 'ap-guangzhou', falseAcceptRate: '1e-4' }],
    ['tencent', { region: ' ap-beijing ', ruleId: ' 7 ' }, { ...TENCENT, ruleId: '7', falseAcceptRate: '1e-4' }],
  ] as const)('takes %s with %j, and what is left empty is absent', (vendor, change, expected) => {
    const result = parseDirect(typed(vendor, change), KEYS, null);
    const setting: Record<string, unknown> = { ...expected };
    delete setting['endpoints'];
    delete setting['detailedPhoneAnswer'];
    expect(result).toEqual({
      ok: true,
      value: { setting, keys: { accessKeyId: 'LTAI-test', secretAccessKey: 'secret-of-a-test' } },
    });
    expect(result.ok && saveDirectVerifierSchema.safeParse(result.value).success).toBe(true);
  });

  it('leaves behind what belongs to the vendor before', () => {
    const draft = { ...directDraft(TENCENT), vendor: 'aliyun', ID_MIN: '5' } as const;
    expect(parseDirect(draft, KEYS, TENCENT)).toMatchObject({
      value: { setting: { vendor: 'aliyun', scenes: { ID_MIN: 5 }, model: 'REAR_CAMERA_LIVENESS' } },
    });
  });

  it.each([
    ['ID_MIN', '0', 'scene'],
    ['ID_MIN', '-1', 'scene'],
    ['ID_MIN_VIDEO', '1.5', 'scene'],
    ['LR_FR_MIN', '1e3', 'scene'],
    ['PV_FC', '9'.repeat(16), 'scene'],
    ['endpoint', 'http://cloudauth.example', 'origin'],
    ['endpoint', 'https://user@cloudauth.example', 'origin'],
    ['endpoint', 'https://cloudauth.example/path', 'origin'],
    ['hostedBiz', '', 'hostedBiz'],
    ['hostedBiz', 'b'.repeat(21), 'hostedBiz'],
  ] as const)('marks %s for %s and nothing else', (field, text, key) => {
    expect(parseDirect({ ...directDraft(ALIYUN), [field]: text }, null, ALIYUN)).toEqual({
      ok: false,
      problems: { [field]: { key: `direct.problem.${key}` } },
    });
  });

  it('wants all of the bucket or none of it', () => {
    expect(parseDirect(typed('aliyun', { bucket: '-a' }), KEYS, null)).toEqual({
      ok: false,
      problems: {
        bucket: { key: 'direct.problem.bucket' },
        bucketEndpoint: { key: 'direct.problem.origin' },
        bucketRegion: { key: 'direct.problem.region' },
      },
    });
  });

  it.each([
    ['', false],
    ['AP GUANGZHOU', false],
    ['a'.repeat(41), false],
    ['a'.repeat(40), true],
  ])('Tencent’s region %s: %s', (region, fits) => {
    expect(parseDirect({ ...directDraft(TENCENT), region }, null, TENCENT).ok).toBe(fits);
  });

  it.each([
    'function.example',
    'http://function.example',
    'ftp://function.example',
    'https://user:word@function.example',
    'https://function.example/?key=1',
    'https://function.example/#here',
    `https://function.example/${'a'.repeat(500)}`,
  ])('a function’s address is not %s', (url) => {
    expect(parseDirect({ ...directDraft(UNI), url }, null, UNI)).toEqual({
      ok: false,
      problems: { url: { key: 'direct.problem.url' } },
    });
  });

  it('takes other addresses of Tencent’s services, and names the one that is none', () => {
    const draft = typed('tencent', { faceidOrigin: ' https://gateway.example ', ocrOrigin: 'gateway.example' });
    expect(parseDirect(draft, KEYS, null)).toEqual({
      ok: false,
      problems: { ocrOrigin: { key: 'direct.problem.origin' } },
    });
    expect(parseDirect({ ...draft, ocrOrigin: '' }, KEYS, null)).toMatchObject({
      value: { setting: { endpoints: { faceid: 'https://gateway.example' } } },
    });
  });

  it('forgets other addresses and the page for phones once their fields are empty', () => {
    const bare = { ...directDraft(TENCENT), faceidOrigin: '' };
    expect(parseDirect(bare, null, TENCENT)).toMatchObject({ value: { setting: { endpoints: undefined } } });
    const none = { ...directDraft(ALIYUN), hostedApi: 'none' } as const;
    expect(parseDirect(none, null, ALIYUN)).toMatchObject({ value: { setting: { hosted: undefined } } });
  });

  it('takes a function on this machine without https', () => {
    const url = 'http://127.0.0.1:8080/verify';
    expect(parseDirect({ ...directDraft(UNI), url }, null, UNI)).toMatchObject({ value: { setting: { url } } });
  });
});

describe('keys of a vendor', () => {
  it('are needed unless the same vendor’s are kept', () => {
    const view = { setting: ALIYUN, keysKept: true, checks: [], failure: null };
    expect([
      needsKeys('none', view),
      needsKeys('aliyun', view),
      needsKeys('tencent', view),
      needsKeys('aliyun', { ...view, keysKept: false }),
      needsKeys('aliyun', { ...view, setting: null }),
    ]).toEqual([false, false, true, true, true]);
  });

  it.each([
    ['aliyun', NO_KEYS, ['keyId', 'keySecret']],
    ['aliyun', { keyId: ' ', keySecret: 's', keyToken: '' }, ['keyId']],
    ['aliyun', { keyId: 'i', keySecret: 's', keyToken: 't'.repeat(4097) }, ['keyToken']],
    ['tencent', { keyId: 'i'.repeat(129), keySecret: 's'.repeat(501), keyToken: '' }, ['keyId', 'keySecret']],
    ['tencent', { keyId: 'i'.repeat(128), keySecret: 's'.repeat(500), keyToken: 't'.repeat(4096) }, []],
    ['uni', { keyId: '', keySecret: 's'.repeat(31), keyToken: '' }, ['keySecret']],
    ['uni', { keyId: '', keySecret: 's'.repeat(501), keyToken: '' }, ['keySecret']],
    ['uni', { keyId: '', keySecret: 's'.repeat(32), keyToken: '' }, []],
  ] as const)('of %s with lengths of their own: %j', (vendor, keys, wrong) => {
    const result = parseDirect(typed(vendor, { url: UNI.url }), keys, null);
    expect(result.ok ? [] : Object.keys(result.problems)).toEqual(wrong);
  });

  it('carry the token of temporary keys', () => {
    const draft = typed('aliyun');
    expect(parseDirect(draft, { ...KEYS, keyToken: ' token ' }, null)).toMatchObject({
      value: { keys: { accessKeyId: 'LTAI-test', secretAccessKey: 'secret-of-a-test', securityToken: 'token' } },
    });
  });

  it('of nobody are never sent', () => {
    expect(parseDirect(typed('none'), KEYS, ALIYUN)).toEqual({ ok: true, value: { setting: null, keys: null } });
  });

  it('of a function are the secret alone', () => {
    const keySecret = 's'.repeat(32);
    expect(parseDirect(directDraft(UNI), { keyId: 'left over', keySecret, keyToken: 'left over' }, null)).toEqual({
      ok: true,
      value: { setting: UNI, keys: { accessKeyId: 'shared-secret', secretAccessKey: keySecret } },
    });
  });
});
