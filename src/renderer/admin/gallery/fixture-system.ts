import { CONSENT_VERSION, noticeOf, agreementsOf } from '../../../shared/consent-notice.ts';
import type {
  ADMIN_SYSTEM_CHANNELS,
  HealthFinding,
  NoticeVersion,
  RetentionClock,
  SignedSelfTest,
  TerminalState,
} from '../../../shared/ipc/admin-system.ts';
import { failure } from '../../../shared/reasons.ts';
import { ok } from '../../../shared/result.ts';
import type { AreaFixture } from './area-fixture.ts';
import { NOW_MS } from './fixture-records.ts';
import type { GalleryCase } from './gallery-case.ts';

const DAY_MS = 86_400_000;
let maintenance: boolean | null = null;

function terminal(which: GalleryCase): TerminalState {
  const troubled = which === 'troubled';
  return {
    maintenance: maintenance ?? troubled,
    attended: false,
    outboxShare: which === 'empty' ? null : troubled ? 0.86 : 0.01,
    outboxNearlyFull: troubled,
    refusal: null,
    clock: troubled
      ? { jump: { byMs: 72 * 3_600_000, atMs: NOW_MS - 600_000 }, holding: true }
      : { jump: null, holding: false },
    freeBytes: troubled ? 1.4e9 : 212e9,
    call: troubled ? { sinceMs: NOW_MS - 95_000 } : null,
    waitingReviews: which === 'empty' ? 0 : troubled ? 31 : 4,
    lastTest: which === 'empty' ? null : { atMs: NOW_MS - 300_000, bad: troubled ? 2 : 0, warnings: troubled ? 3 : 1 },
  };
}

function finding(
  part: HealthFinding['part'],
  figures: HealthFinding['figures'] = {},
  wrong?: Pick<HealthFinding, 'state' | 'failure'>,
): HealthFinding {
  return { part, figures, ...(wrong ?? { state: 'good', failure: null }) };
}

function selfTest(which: GalleryCase): SignedSelfTest {
  const wrong = (state: 'bad' | 'warning', code: Parameters<typeof failure>[0]) =>
    which === 'troubled' ? { state, failure: failure(code) } : undefined;
  return {
    test: {
      deviceId: 'dev-7Q4K2',
      appVersion: '0.1.0',
      atMs: NOW_MS - 300_000,
      tookMs: 840,
      findings: [
        finding('reader', {}, wrong('bad', 'reader.missing')),
        finding('camera', { listed: 1 }),
        finding('models', { files: 5 }),
        finding('database'),
        finding('audit', { entries: 4127 }, wrong('bad', 'audit.broken')),
        finding('disk', { freeBytes: which === 'troubled' ? 1.4e9 : 212e9 }, wrong('warning', 'disk.nearly-full')),
        finding('clock', which === 'troubled' ? { byMs: 259_200_000 } : {}, wrong('warning', 'clock.jumped')),
        finding('verifier-clock', { offsetMs: 41 }),
        finding(
          'outbox',
          { waiting: which === 'troubled' ? 430 : 3, percent: which === 'troubled' ? 86 : 1 },
          wrong('warning', 'outbox.nearly-full'),
        ),
        finding('vault', { evidence: 12 }, { state: 'warning', failure: failure('vault.key-file') }),
      ],
    },
    signature: { keyId: 'dev-7Q4K2:k1', signature: 'A'.repeat(86) },
  };
}

function retention(which: GalleryCase): readonly RetentionClock[] {
  const clock = (kind: RetentionClock['kind'], count: number, oldestDays: number, nextDays: number): RetentionClock =>
    which === 'empty' || count === 0
      ? { kind, count: 0, oldestAtMs: null, nextEndAtMs: null }
      : { kind, count, oldestAtMs: NOW_MS - oldestDays * DAY_MS, nextEndAtMs: NOW_MS + nextDays * DAY_MS };
  return [
    clock('records', 18_204, 412, 683),
    clock('evidence', 412, 29, 0.6),
    clock('materials', 3, 0.2, 2.8),
    clock('face-return', 0, 0, 0),
    clock('requests', 9, 1, 0.1),
    clock('results', 5, 0.4, 0.6),
  ];
}

const FACTS = { siteName: '人民路支行', purpose: '办理柜台业务时核验身份', retentionDays: 30 };

function notices(which: GalleryCase): readonly NoticeVersion[] {
  const textOf = (language: 'zh-CN' | 'en'): readonly string[] => [
    ...noticeOf(FACTS, language).flatMap(({ title, lines }) => [`# ${title}`, ...lines]),
    ...agreementsOf(FACTS, language).flatMap(({ label, detail }) => [`☐ ${label}`, detail]),
  ];
  const texts = { 'zh-CN': textOf('zh-CN'), en: textOf('en') };
  const current: NoticeVersion = {
    sceneId: 'counter',
    sceneName: '柜台核验',
    hash: '9a41e07c5d2b86f3a0e915c7d4b2f6830c1a7e59d8b4f2063c5e91a7d0b8f234',
    sinceMs: which === 'empty' ? null : NOW_MS - 12 * DAY_MS,
    current: true,
    records: which === 'empty' ? 0 : 1_204,
    texts,
  };
  if (which === 'empty') return [current];
  const former = {
    ...current,
    hash: '1c7e59d8b4f2063c5e91a7d0b8f2349a41e07c5d2b86f3a0e915c7d4b2f6830c',
    sinceMs: NOW_MS - 90 * DAY_MS,
    current: false,
    records: 8_310,
    texts: null,
  };
  return [current, former];
}

/** Health, upkeep and what the privacy page says of the whole terminal, in each case of the gallery. */
export const systemFixture: AreaFixture<typeof ADMIN_SYSTEM_CHANNELS> = {
  'admin:terminal': (_request, which) => ok(terminal(which)),
  'admin:set-maintenance': ({ on }, which) => {
    maintenance = on;
    return ok(terminal(which));
  },
  'admin:confirm-clock': (_request, which) => ok({ ...terminal(which), clock: { jump: null, holding: false } }),
  'admin:self-test': (_request, which) => ok(selfTest(which)),
  'admin:last-self-test': (_request, which) => ok(which === 'empty' ? null : selfTest(which)),
  'admin:versions': () =>
    ok({
      appVersion: '0.1.0',
      packaged: false,
      platform: 'linux x64',
      runtime: { electron: '42.1.0', chromium: '148.0.7778.96', node: '24.14.0' },
      databaseSchema: 8,
      models: [
        { file: 'detect.onnx', sha256: '8f2f1c5e9a7d0b3462c81e5f7a9d0b46' },
        { file: 'feature.onnx', sha256: '0d5e8a1c7f3b92640e8d1a5c7f9b3e20' },
      ],
    }),
  'admin:diagnostics-files': () =>
    ok([
      { name: 'about.json', bytes: 812 },
      { name: 'health.json', bytes: 2_204 },
      { name: 'settings.json', bytes: 9_410 },
      { name: 'counts.json', bytes: 1_120 },
      { name: 'log.jsonl', bytes: 184_320 },
    ]),
  'admin:diagnostics': () => ok({ name: `countersign-diagnostics-${CONSENT_VERSION}.zip`, zip: new Uint8Array(22) }),
  'admin:kiosk-lock': () =>
    ok({ platform: 'win32', kioskMode: true, blockedKeys: ['F5', 'F11', 'F12', 'Ctrl+R', 'Ctrl+W', 'Alt+F4'] }),
  'admin:leave-kiosk': () => ok(null),
  'admin:retention': (_request, which) => ok(retention(which)),
  'admin:notices': (_request, which) => ok(notices(which)),
  'admin:assessment': () => ok({ name: 'impact-assessment-2026-11-22.md', text: '# Impact assessment: 人民路支行\n' }),
};
