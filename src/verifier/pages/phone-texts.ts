import type { PageLanguage } from './page.ts';

/** Version of the phone's notice; it changes with any word of it. */
export const PHONE_NOTICE_VERSION = 'phone-2026-11-1';

/** Whom a picture goes to, by the names that people know them by. */
const ANSWERERS: Readonly<Record<string, Readonly<Record<PageLanguage, string>>>> = {
  tencent: { 'zh-CN': '腾讯云人脸核身', en: 'Tencent Cloud face verification' },
  aliyun: { 'zh-CN': '阿里云实人认证', en: 'Alibaba Cloud identity verification' },
  uni: { 'zh-CN': 'DCloud 实人认证（蚂蚁）', en: 'DCloud identity verification (Ant)' },
  reference: { 'zh-CN': '本机构自有照片库', en: "this institution's own photo register" },
  mock: { 'zh-CN': '模拟核验（仅供测试）', en: 'simulated verification (for tests only)' },
};

/** Everybody who may be asked. */
export function answererNames(verifiers: readonly string[]): Readonly<Record<PageLanguage, string>> {
  const named = (language: PageLanguage, between: string): string =>
    verifiers.map((verifier) => ANSWERERS[verifier]?.[language] ?? verifier).join(between);
  return { 'zh-CN': named('zh-CN', '、'), en: named('en', ', ') };
}

/** What the notice says, a line for each thing that has to be said (PIPL articles 17, 29 and 30). */
export interface PhoneNotice {
  readonly title: string;
  readonly lead: string;
  readonly lines: readonly string[];
  readonly capture: string;
  readonly transmit: string;
}

export function phoneNotice(language: PageLanguage, answerer: string): PhoneNotice {
  return language === 'zh-CN'
    ? {
        title: '用手机完成身份核验',
        lead: '您在柜台选择了用自己的手机完成核验。开始前请先阅读：',
        lines: [
          '处理者：请您扫码的机构，联系方式请向柜台工作人员索取。',
          '目的与方式：用前置摄像头拍摄您的人脸画面，确认是您本人在场，再与登记照片比对。',
          `接收方：画面发送到本机构的核验服务器；其中一张最佳照片会交给${answerer}比对。`,
          '保存期限：画面只在内存中处理；比对有结果后，服务器上的照片与身份信息立即销毁。结果显示在柜台终端上，手机上不保存任何内容。',
          '影响与权利：人脸属于敏感个人信息。您可以随时拒绝或关闭本页，柜台仍会用其他方式为您办理；同意可以撤回，请告知工作人员。',
        ],
        capture: '我同意拍摄我的人脸画面',
        transmit: '我同意把人脸画面发送到核验服务器进行比对',
      }
    : {
        title: 'Verify your identity on this phone',
        lead: 'At the counter you chose to finish on your own phone. Please read this first:',
        lines: [
          'Who: the institution whose code you scanned. The staff at the counter tell you how to reach it.',
          'Why and how: the front camera takes pictures of your face, to make sure that you are there yourself, and compares you with the photo on file.',
          `Who gets them: the institution's verification server; the best picture goes to ${answerer} for comparison.`,
          'How long: pictures are looked at in memory only. As soon as there is a result, the picture and your identity on the server are destroyed. The result is shown at the counter; nothing is kept on this phone.',
          'Effects and rights: a face is sensitive personal information. You can refuse or close this page at any time, and the counter will serve you another way. Consent can be withdrawn: tell the staff.',
        ],
        capture: 'I agree that pictures of my face are taken',
        transmit: 'I agree that they are sent to the verification server and compared there',
      };
}

/** The whole notice as one text, for its hash. */
export function phoneNoticeText(language: PageLanguage, answerer: string): string {
  const { title, lead, lines, capture, transmit } = phoneNotice(language, answerer);
  return [PHONE_NOTICE_VERSION, language, title, lead, ...lines, capture, transmit].join('\n');
}

export interface PhoneWords {
  readonly agree: string;
  readonly refuse: string;
  readonly stop: string;
  readonly both: string;
  readonly starting: string;
  readonly allow: string;
  readonly again: string;
  readonly retryCamera: string;
  readonly lost: string;
  readonly wait: string;
  readonly position: string;
  readonly hold: string;
  readonly rest: string;
  /** By the words that the verifier sends. */
  readonly hints: Readonly<Record<string, string>>;
  readonly actions: Readonly<Record<string, string>>;
  readonly silent: string;
  readonly tryAgain: string;
  readonly cameras: Readonly<
    Record<'missing' | 'denied' | 'in-use' | 'insecure' | 'in-app', readonly [string, string]>
  >;
  readonly ends: Readonly<
    Record<
      'done' | 'refused' | 'expired' | 'closed' | 'unavailable' | 'other-browser' | 'unknown',
      readonly [string, string]
    >
  >;
  readonly noScript: string;
}
