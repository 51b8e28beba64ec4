import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { FakeAccount, FakeVendor, FakeVendorName } from '../../../src/fake-vendor/contract.ts';
import { startFakeVendor } from '../../../src/fake-vendor/start.ts';
import { createAliyunVerifier } from '../../../src/main/verifiers/aliyun/aliyun-verifier.ts';
import type { AliyunSettings } from '../../../src/main/verifiers/aliyun/settings.ts';
import type { VendorClientParts } from '../../../src/main/verifiers/contract.ts';
import { createTencentVerifier } from '../../../src/main/verifiers/tencent/tencent-verifier.ts';
import { createUniVerifier } from '../../../src/main/verifiers/uni/uni-verifier.ts';
import { sendToVendor } from '../../../src/main/verifiers/vendor-exchange.ts';
import type { Check } from '../../../src/shared/domain/verification.ts';
import { rowsOf, tableAsMarkdown, type TableQuestion, type TableRow } from '../../support/adapter-table.ts';
import { manualClock } from '../../support/manual-clock.ts';
import * as aliyun from '../../unit/verifiers/aliyun/samples.ts';
import * as tencent from '../../unit/verifiers/tencent/samples.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 11);
/** Whose card the fake reads from every picture. */
const HOLDER = { name: '样本甲', number: '110101199003078814' } as const;
const UNI_SECRET = 'a secret of at least thirty-two characters';

const parts: VendorClientParts = { send: sendToVendor, clock: manualClock(NOW_MS), randomBytes };
let orders = 0;
const nextOrder = () => (orders += 1).toString(16).padStart(32, '0');

function tencentQuestions({ address }: FakeVendor): readonly TableQuestion[] {
  const endpoints = { faceid: address, iai: address, ocr: address };
  const verifier = createTencentVerifier(parts, { ...tencent.SETTINGS, endpoints, timeoutMs: 5_000 });
  const names = tencent.QUESTION_NAMES.filter((name) => !/ (ACTION|SILENT)$/.test(name));
  return names.map((name) => {
    const { check, materials } = tencent.QUESTIONS[name];
    const about = 'identity' in materials ? { ...materials, identity: HOLDER } : materials;
    const ask = () => verifier.check(tencent.request(check, about), tencent.CONTEXT);
    return { operation: name.split(' ')[0] ?? '', check, ask };
  });
}

const OLDER = { verification: { api: '2018-09-16', biz: 'scene' } } as const;
const OLD = { verification: { api: '2019-03-07', bizType: 'scene' } } as const;
const ALIYUN_OPERATIONS: readonly (readonly [string, Check, Partial<AliyunSettings>])[] = [
  ['ContrastFaceVerify', 'face-authority', {}],
  ['ContrastFaceVerify', 'video-authority', {}],
  ['LivenessFaceVerify', 'face-live', {}],
  ['CompareFaceVerify', 'face-reference', {}],
  ['Id2MetaVerify', 'identity', {}],
  ['Id2MetaPeriodVerify', 'identity-period', {}],
  ['Mobile3MetaSimpleVerify', 'phone', {}],
  ['Mobile3MetaDetailVerify', 'phone', { phoneDetail: true }],
  ['BankMetaVerify', 'bank-card', {}],
  ['DeepfakeDetect', 'fake-face', {}],
  ['SubmitVerification', 'face-authority', OLDER],
  ['VerifyMaterial', 'face-authority', OLD],
  ['CompareFaces', 'face-reference', { ...OLD, scenes: {} }],
];

function aliyunQuestions({ address }: FakeVendor): readonly TableQuestion[] {
  return ALIYUN_OPERATIONS.map(([operation, check, settings]) => {
    const verifier = createAliyunVerifier(parts, {
      keys: aliyun.KEYS,
      endpoint: address,
      scenes: { ID_MIN: 1, ID_MIN_VIDEO: 2, LR_FR_MIN: 3, PV_FC: 4 },
      oss: { bucket: 'clips', endpoint: address, region: 'cn-shanghai' },
      ...settings,
    });
    const { MATERIALS: materials, CERTIFY_ID: certifyId } = aliyun;
    const ask = () => verifier.check({ certifyId, check, orderId: nextOrder(), materials }, aliyun.CONTEXT);
    return { operation, check, ask };
  });
}

function uniQuestions({ address }: FakeVendor): readonly TableQuestion[] {
  const open = async () => {
    const verifier = createUniVerifier(parts, { url: address, secret: UNI_SECRET });
    const visit = { orderId: nextOrder(), identity: HOLDER, metaInfo: '{}' };
    return { verifier, visit, opened: await verifier.open(visit, tencent.CONTEXT) };
  };
  return [
    {
      operation: 'getCertifyId',
      check: 'opening a visit',
      ask: async () => {
        const { opened } = await open();
        return opened.ok
          ? { kind: 'pending', reference: opened.value.certifyId, askAgainAfterMs: 0 }
          : { kind: 'settled', outcome: opened.error };
      },
    },
    {
      operation: 'getAuthResult',
      check: 'how a visit ended',
      ask: async () => {
        const { verifier, visit, opened } = await open();
        if (!opened.ok) throw new Error(opened.error.reason);
        return verifier.result(opened.value.certifyId, visit.orderId, tencent.CONTEXT);
      },
    },
  ];
}

async function rowsAt(
  name: FakeVendorName,
  account: FakeAccount,
  questionsOf: (vendor: FakeVendor) => readonly TableQuestion[],
): Promise<readonly TableRow[]> {
  const vendor = await startFakeVendor(name, { account, nowMs: () => NOW_MS });
  try {
    const rows: TableRow[] = [];
    for (const question of questionsOf(vendor)) rows.push(...(await rowsOf(vendor, question)));
    return rows;
  } finally {
    await vendor.close();
  }
}

const INTRODUCTION = `# What every answer of a vendor becomes

For each adapter and operation: the outcome, what may follow it, whether the vendor bills, and after which codes, HTTP
statuses and faults of the network it comes. Produced by asking the fake vendors over HTTP once for each of them:

    npx vitest run --project integration tests/integration/verifiers/adapter-table.test.ts --update

The test fails where the table is another one.`;

it('comes to the outcomes of docs/verifiers/table.md, with every code and fault', async () => {
  const uniAccount = { accessKeyId: 'unused', secretAccessKey: UNI_SECRET };
  const [Tencent, Aliyun, uni] = await Promise.all([
    rowsAt('tencent', tencent.SETTINGS.keys, tencentQuestions),
    rowsAt('aliyun', aliyun.KEYS, aliyunQuestions),
    rowsAt('uni', uniAccount, uniQuestions),
  ]);
  const adapters = { Tencent, Aliyun, uni };
  const passes = Object.values(adapters)
    .flat()
    .filter(({ outcome }) => outcome.startsWith('passed'))
    .flatMap(({ after }) => after);
  expect(new Set(passes)).toEqual(
    new Set(['`Success`', '`0`', '`1`', '`101`', '`200`', '`T`', '`Low`', '`Mid`', '`SUCCESS`']),
  );
  const sections = Object.entries(adapters).map(([title, rows]) => tableAsMarkdown(title, rows));
  const text = `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
  await expect(text).toMatchFileSnapshot('../../../docs/verifiers/table.md');
}, 60_000);
