import { createContext, useContext, useSyncExternalStore } from 'react';
import type { KioskAction } from '../../shared/ipc/kiosk-action.ts';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import type { Language } from '../../shared/reason-texts.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import { withOwnTexts } from '../i18n/own-texts.ts';
import { translator, wordingFor, type Translate } from '../i18n/translation.ts';
import type { Capture, CaptureState } from './capture/capture.ts';
import type { Speaker } from './speech/voice.ts';

/** What the screens reach the outside through; a gallery gives other ones. */
export interface KioskEnvironment {
  readonly act: (action: KioskAction) => Promise<Result<null, Failure>>;
  readonly capture: Pick<Capture, 'state' | 'faceAt' | 'soundLevel' | 'outlineAt' | 'takeDocument' | 'onChange'>;
  /** Null where there is no speech at all. */
  readonly speaker: Speaker | null;
}

export const EnvironmentContext = createContext<KioskEnvironment | null>(null);

export function useEnvironment(): KioskEnvironment {
  const environment = useContext(EnvironmentContext);
  if (!environment) throw new Error('a screen outside of the kiosk');
  return environment;
}

export interface Words {
  readonly t: Translate;
  readonly language: Language;
}

/** The words of a language, simpler ones where large text is asked for, with the customer's own in place of some. */
export function wordsOf(language: KioskView['language'], brand?: KioskView['brand'], elder = false): Words {
  return { t: withOwnTexts(translator(wordingFor(language, elder)), brand?.texts[language]), language };
}

export const WordsContext = createContext<Words>(wordsOf('zh-CN'));

export function useWords(): Words {
  return useContext(WordsContext);
}

export function useCapture(): CaptureState {
  const { capture } = useEnvironment();
  return useSyncExternalStore(capture.onChange, capture.state);
}
