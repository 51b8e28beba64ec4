import type { PageLanguage } from './page.ts';

export interface StatusTexts {
  readonly title: string;
  readonly intro: string;
  readonly devices: string;
  readonly revoked: (count: number) => string;
  readonly queue: string;
  readonly oldest: (seconds: number) => string;
  readonly noneWaits: string;
  readonly records: string;
  readonly allRecords: string;
  readonly sessions: string;
  readonly state: string;
  readonly count: string;
  readonly simulated: string;
  readonly noRecords: string;
  readonly noSessions: string;
  readonly key: string;
  readonly keyHelp: string;
  readonly more: string;
  readonly states: Readonly<Record<string, string>>;
}

export const STATUS_TEXTS: Record<PageLanguage, StatusTexts> = {
  en: {
    title: 'Countersign verifier',
    intro: 'Running. This page shows numbers only.',
    devices: 'Devices',
    revoked: (count) => `${count} revoked`,
    queue: 'Being decided',
    oldest: (seconds) => `the oldest for ${seconds} s`,
    noneWaits: 'nothing waits',
    records: 'Records',
    allRecords: 'from outboxes',
    sessions: 'Sessions',
    state: 'State',
    count: 'Number',
    simulated: 'simulated',
    noRecords: 'No records yet.',
    noSessions: 'No sessions yet.',
    key: 'Server key',
    keyHelp: 'Compare these 64 characters with those on the kiosk when it enrols.',
    more: 'Interface',
    states: {
      passed: 'passed',
      failed: 'failed',
      review: 'to be reviewed',
      error: 'error',
      open: 'open',
      submitted: 'being decided',
      'unknown-outcome': 'outcome unknown',
      decided: 'decided',
      expired: 'expired',
      erased: 'erased',
    },
  },
  'zh-CN': {
    title: 'Countersign 核验服务',
    intro: '正在运行。本页只显示数字。',
    devices: '设备',
    revoked: (count) => `已吊销 ${count} 台`,
    queue: '正在核验',
    oldest: (seconds) => `最早的已等 ${seconds} 秒`,
    noneWaits: '没有等待项',
    records: '记录',
    allRecords: '来自设备待发队列',
    sessions: '会话',
    state: '状态',
    count: '数量',
    simulated: '模拟',
    noRecords: '还没有记录。',
    noSessions: '还没有会话。',
    key: '服务器密钥',
    keyHelp: '设备登记时，请与终端上显示的 64 个字符逐一核对。',
    more: '接口说明',
    states: {
      passed: '通过',
      failed: '未通过',
      review: '待人工复核',
      error: '出错',
      open: '已打开',
      submitted: '核验中',
      'unknown-outcome': '结果未知',
      decided: '已决定',
      expired: '已过期',
      erased: '已删除',
    },
  },
};
