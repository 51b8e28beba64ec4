import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import type { ReasonCode } from '../../../shared/reasons.ts';
import type { WordKey } from '../translation.ts';

type ScreenWord = Extract<WordKey, `setup.test.screen.${string}`>;
type Screen = KioskView['screen'];

const SCREEN_WORDS: Readonly<Partial<Record<Screen, ScreenWord>>> = {
  guide: 'setup.test.screen.consent',
  consent: 'setup.test.screen.consent',
  card: 'setup.test.screen.reading',
  'travel-chip': 'setup.test.screen.reading',
  'identity-entry': 'setup.test.screen.typing',
  'element-entry': 'setup.test.screen.typing',
  'document-confirm': 'setup.test.screen.typing',
  'card-photo': 'setup.test.screen.photographing',
  'document-capture': 'setup.test.screen.photographing',
  position: 'setup.test.screen.position',
  light: 'setup.test.screen.liveness',
  challenge: 'setup.test.screen.liveness',
  deciding: 'setup.test.screen.deciding',
  awaiting: 'setup.test.screen.deciding',
  result: 'setup.test.screen.result',
};

/** What happens at the kiosk, in words for somebody who doesn't see it. */
export function screenWords(screen: Screen): ScreenWord {
  return SCREEN_WORDS[screen] ?? 'setup.test.screen.elsewhere';
}

export type Fix = 'camera' | 'reader' | 'verifier' | 'scene' | 'light' | 'again' | 'none';

const FIX_OF_AREA: Readonly<Record<string, Fix>> = {
  camera: 'camera',
  reader: 'reader',
  decoder: 'reader',
  card: 'reader',
  document: 'reader',
  verifier: 'verifier',
  authority: 'verifier',
  verification: 'verifier',
  scene: 'scene',
  scheme: 'scene',
  liveness: 'light',
  challenge: 'light',
  capture: 'light',
  microphone: 'scene',
  user: 'again',
};

/** Where to look after a test that ended so. */
export function fixFor(reason: ReasonCode): Fix {
  if (reason.startsWith('ok.')) return 'none';
  return FIX_OF_AREA[reason.slice(0, reason.indexOf('.'))] ?? 'again';
}
