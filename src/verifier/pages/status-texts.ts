import en from '../../../resources/locales/en/verifier/status.json' with { type: 'json' };
import zhCn from '../../../resources/locales/zh-CN/verifier/status.json' with { type: 'json' };
import type { PageLanguage } from './page.ts';

export type StatusTexts = typeof zhCn;

export const STATUS_TEXTS: Readonly<Record<PageLanguage, StatusTexts>> = { 'zh-CN': zhCn, en };
