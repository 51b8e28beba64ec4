import type { Failure } from '../../../shared/reasons.ts';
import { serviceRefused } from './service-failures.ts';

/** What a service's error text says, as far as it is known. */
export type ServiceComplaint = 'no-card' | 'busy' | 'not-licensed' | 'not-ready';

/** In order: a text that fits two says the first. From the texts that counters' pages compare with or show. */
const KNOWN_TEXTS: readonly (readonly [ServiceComplaint, RegExp])[] = [
  ['not-licensed', /未授权|授权失败|无授权|license/i],
  ['busy', /正忙|读卡中|占用/],
  [
    'no-card',
    /未放|请.{0,8}放|放置|放卡|无卡|没有卡|寻卡|找卡|识别不到|读卡失败|未(检测|找|读|识别)到(身份证|证件|卡片|卡$)/,
  ],
  ['not-ready', /端口|未连接|连接失败|断开|未打开|打开失败|初始化|驱动|设备|读卡器|阅读器/],
];

/** What the text says; null for one that isn't known. */
export function complaintIn(text: string): ServiceComplaint | null {
  return KNOWN_TEXTS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

const WORDS: Readonly<Record<Exclude<ServiceComplaint, 'no-card'>, string>> = {
  busy: 'the reader is busy',
  'not-licensed': 'the reader is not licensed',
  'not-ready': 'the device is not ready',
};

/** `reader.service-refused` in our words: a service's text may hold anything, so it is never passed on. */
export function refusal(text: string, code: number): Failure {
  const complaint = complaintIn(text);
  const error = `service error ${code}`;
  return serviceRefused(complaint === null || complaint === 'no-card' ? error : `${WORDS[complaint]} (${error})`);
}

/** The same where a code says it, without a text. */
export function deviceNotReady(code: number): Failure {
  return serviceRefused(`${WORDS['not-ready']} (service error ${code})`);
}
