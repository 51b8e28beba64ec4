import type { Brand } from './brand.ts';

/** The product's own look. */
export const DEFAULT_BRAND: Brand = { accent: null, logo: null, texts: { 'zh-CN': {}, en: {} }, kioskTheme: 'system' };
