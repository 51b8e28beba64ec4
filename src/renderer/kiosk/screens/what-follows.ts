import type { ChallengeKind } from '../../../shared/domain/challenge.ts';
import type { ReasonCode } from '../../../shared/reasons.ts';
import type { Translate, WordKey } from '../../i18n/translation.ts';

/**
 * Why another check follows, as far as the person may know and can use it. Everything else, and whatever speaks of a
 * suspicion, is told in the same general words: a notice never teaches anybody what gave them away.
 */
const NOTICES: Readonly<Partial<Record<ReasonCode, Extract<WordKey, `notice.${string}`>>>> = {
  'capture.too-bright': 'notice.tooBright',
  'capture.too-dark': 'notice.tooDark',
  'camera.too-slow': 'notice.slowCamera',
  'capture.no-face': 'notice.unclear',
  'capture.face-left': 'notice.unclear',
  'capture.several-faces': 'notice.several',
  'capture.too-few-frames': 'notice.unclear',
  'challenge.expired': 'notice.unclear',
  'challenge.incomplete': 'notice.unclear',
  'capture.action-not-done': 'notice.notDone',
  'capture.no-speech': 'notice.noSpeech',
  'microphone.missing': 'notice.noMicrophone',
  'microphone.denied': 'notice.noMicrophone',
  'speech.unavailable': 'notice.noMicrophone',
};

export function noticeText(code: ReasonCode, t: Translate): string {
  return t(NOTICES[code] ?? 'notice.other');
}

/** What a person is told before a check. */
export interface WhatFollows {
  /** Why it isn't the usual one. */
  readonly why: string | null;
  readonly next: string;
  /** Where to turn to who can't stand it. */
  readonly wayOut: string | null;
}

export function whatFollows(
  {
    next,
    notice,
    mayAvoidFlashing,
  }: { readonly next: ChallengeKind; readonly notice: ReasonCode | null; readonly mayAvoidFlashing: boolean },
  t: Translate,
): WhatFollows {
  return {
    why: notice && noticeText(notice, t),
    next: t(notice ? `instead.${next}` : `next.${next}`),
    wayOut: next !== 'light' ? null : t(mayAvoidFlashing ? 'position.avoidFlashing' : 'position.avoidOther'),
  };
}
