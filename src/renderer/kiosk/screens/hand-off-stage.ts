import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';

export type HandOffView = Extract<KioskView, { screen: 'hand-off' }>;

/** `opening`: no page yet; `code`: it waits to be scanned; `opened`: somebody is at it. */
export function handOffStage({ url, opened }: Pick<HandOffView, 'url' | 'opened'>): 'opening' | 'code' | 'opened' {
  if (opened) return 'opened';
  return url === null ? 'opening' : 'code';
}
