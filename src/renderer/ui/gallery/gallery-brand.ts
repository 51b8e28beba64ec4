import { DEFAULT_BRAND } from '../../../shared/domain/brand-default.ts';
import type { Brand } from '../../../shared/domain/brand.ts';

const LOGO =
  'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA0NCA0NCI+PGNpcmNsZSBjeD0iMjIiIGN5PSIyMiIgcj0iMjAiIGZpbGw9IiM3YTFmM2QiLz48cGF0aCBkPSJNMTIgMzBWMTZoNmw0IDggNC04aDZ2MTQiIGZpbGw9Im5vbmUiIHN0cm9rZT0iI2ZmZiIgc3Ryb2tlLXdpZHRoPSI0Ii8+PC9zdmc+';

/** The look that a gallery page is asked for: `dark`, and `branded` for a customer's own colour, logo and words. */
export function galleryBrand(asked: URLSearchParams): Brand {
  const kioskTheme = asked.has('dark') ? 'dark' : 'light';
  if (!asked.has('branded')) return { ...DEFAULT_BRAND, kioskTheme };
  return {
    accent: '#7a1f3d',
    logo: LOGO,
    texts: { 'zh-CN': {}, en: { 'attract.title': 'Welcome to Citizens Bank' } },
    kioskTheme,
  };
}
