import type { KioskView } from '../../shared/ipc/kiosk.ts';
import { stateOf, type ReasonCode } from '../../shared/reasons.ts';

/** How many of the three steps (card, camera, done) are behind the person; null where no steps are shown. */
export function stepsDone(view: KioskView): number | null {
  switch (view.screen) {
    case 'attract':
    case 'maintenance':
    case 'other-method':
      return null;
    case 'guide':
    case 'consent':
    case 'card':
    case 'identity-entry':
    case 'card-photo':
    case 'document-capture':
    case 'document-confirm':
    case 'travel-chip':
      return 0;
    case 'position':
    case 'light':
    case 'challenge':
      return 1;
    case 'deciding':
      return 2;
    case 'result':
      if (view.result.state === 'passed') return 3;
      return endedBeforeCamera(view.result.reason) ? 0 : 2;
  }
}

/** What the document or its reader ended has not got past the first step. */
function endedBeforeCamera(reason: ReasonCode): boolean {
  if (/^(card|reader)\./.test(reason) || reason === 'document.chip-forged') return true;
  return /^(document|mrz|chip)\./.test(reason) && stateOf(reason) === 'error';
}
