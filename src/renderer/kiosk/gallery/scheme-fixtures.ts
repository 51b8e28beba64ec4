import type { KeptOfSubject } from '../../../shared/domain/subject-erasure.ts';
import { FALLBACK_METHODS } from '../../../shared/domain/scene.ts';

const PAGE_ADDRESS = 'https://verify.example.cn/h/9f2c4b6e8d1a47f0b3c5d7e9';
const RECEIPT_CODE = 'countersign:1:01890a5d-ac96-774b-bcce-b302099a8057:7f3b92c1d04e55aa';
const UNTIL_MS = Date.parse('2029-11-21T04:00:00Z');
const RECIPIENT = '样例市身份核验中心';

const KEPT: KeptOfSubject = {
  records: 3,
  recordsUntilMs: UNTIL_MS,
  pictures: 2,
  waiting: 1,
  requests: 1,
  returnedFaces: 1,
  sent: true,
};
const ONLY_RECORDS: KeptOfSubject = { ...KEPT, pictures: 0, waiting: 0, requests: 0, returnedFaces: 0, sent: false };

const ERASED = {
  kind: 'erased',
  receiptNumber: '4C8M-19XW',
  receiptCode: RECEIPT_CODE,
  erased: { pictures: 2, waiting: 1, requests: 1 },
  remaining: { records: 3, untilMs: UNTIL_MS },
  verifier: 'queued',
} as const;

const HAND_OFF = {
  screen: 'hand-off',
  page: 'countersign',
  opened: false,
  steps: { identifying: 'card', checking: 'phone' },
} as const;
const DONE = { screen: 'withdrawal-done', clearsInSeconds: 30 } as const;
const CONSENT = {
  screen: 'consent',
  purpose: '办理业务前核对身份',
  retentionDays: 1095,
  recipient: RECIPIENT,
} as const;
const GUARDIAN = { screen: 'guardian-consent', nameMasked: '张*', childMasked: '张*宝', recipient: RECIPIENT } as const;
const TYPED = { identifying: 'typing', checking: 'matching' } as const;

/** The screens of schemes beside card and camera, of guardians, and of withdrawals. */
export const SCHEMES_SHOWN = {
  'attract-withdraw': { screen: 'attract', mayWithdraw: true },
  'attract-expected': {
    screen: 'attract',
    mayWithdraw: true,
    expected: { orderId: 'CT-20261121-0042', nameMasked: '张*' },
  },
  'attract-expected-long': {
    screen: 'attract',
    expected: { orderId: 'BRANCH0755.COUNTER-12.20261121.000000000000000000000000001942.A', nameMasked: null },
  },
  'consent-three': { ...CONSENT, sends: 'face', returnsFace: true },
  'consent-local': { screen: 'consent', purpose: '办理业务前核对身份', retentionDays: 1095 },
  'guardian-card': { screen: 'guardian-card', phase: 'searching', problem: null },
  'guardian-card-same': { screen: 'guardian-card', phase: 'searching', problem: 'guardian.same-card' },
  'guardian-card-reading': { screen: 'guardian-card', phase: 'reading', problem: null },
  'guardian-consent': GUARDIAN,
  'guardian-consent-elements': { ...GUARDIAN, sends: 'identity', withoutFace: true },
  'guardian-consent-three': { ...GUARDIAN, childMasked: null, sends: 'video', returnsFace: true },
  'element-phone': { screen: 'element-entry', asks: 'phone' },
  'element-bank-card': { screen: 'element-entry', asks: 'bankCard', steps: TYPED },
  methods: { screen: 'methods', methods: ['identity-check', 'phone-hand-off'], mayGoBack: true },
  'methods-all': { screen: 'methods', methods: FALLBACK_METHODS, mayGoBack: true },
  'methods-one': { screen: 'methods', methods: ['phone-check'], mayGoBack: false },
  'methods-none': { screen: 'methods', methods: [], mayGoBack: false },
  'hand-off-opening': { ...HAND_OFF, url: null, page: null, secondsLeft: null },
  'hand-off': { ...HAND_OFF, url: PAGE_ADDRESS, secondsLeft: 583 },
  'hand-off-vendor': { ...HAND_OFF, url: `${PAGE_ADDRESS}?token=${'a1'.repeat(60)}`, page: 'aliyun', secondsLeft: 61 },
  'hand-off-opened': { ...HAND_OFF, url: PAGE_ADDRESS, opened: true, secondsLeft: 452 },
  awaiting: { screen: 'awaiting', nameMasked: '样*例', receiptNumber: '7F3K-92QD', receiptCode: RECEIPT_CODE },
  'awaiting-elements': { screen: 'awaiting', nameMasked: null, steps: TYPED },
  'withdrawal-card': { screen: 'withdrawal-card', phase: 'searching', problem: null },
  'withdrawal-card-problem': { screen: 'withdrawal-card', phase: 'searching', problem: 'card.read-failed' },
  'withdrawal-card-reading': { screen: 'withdrawal-card', phase: 'reading', problem: null },
  'withdrawal-review': { screen: 'withdrawal-review', kept: KEPT },
  'withdrawal-review-records': { screen: 'withdrawal-review', kept: ONLY_RECORDS },
  'withdrawal-erasing': { screen: 'withdrawal-erasing' },
  'withdrawal-done': { ...DONE, outcome: ERASED },
  'withdrawal-done-erased': {
    ...DONE,
    outcome: {
      ...ERASED,
      erased: { pictures: 0, waiting: 0, requests: 0 },
      remaining: { records: 0, untilMs: null },
      verifier: 'erased',
    },
  },
  'withdrawal-nothing': { ...DONE, outcome: { kind: 'nothing-kept' } },
  'withdrawal-failed': { ...DONE, outcome: { kind: 'failed', reason: 'store.unavailable' } },
} as const;
