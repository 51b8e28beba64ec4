import { describe, expect, it } from 'vitest';
import { translator } from '../../../src/renderer/i18n/translation.ts';
import { challengeParts } from '../../../src/renderer/kiosk/screens/challenge-parts.ts';
import { challengePrompt, remarkOf } from '../../../src/renderer/kiosk/screens/challenge-prompt.ts';
import { lightLengthMs } from '../../../src/renderer/kiosk/screens/light-length.ts';
import { noticeText, whatFollows } from '../../../src/renderer/kiosk/screens/what-follows.ts';
import { createAnnouncer } from '../../../src/renderer/kiosk/speech/announcer.ts';
import {
  CHALLENGE_KINDS,
  type Action,
  type ChallengeProgress,
  type LightChallenge,
} from '../../../src/shared/domain/challenge.ts';
import { REASON_CODES, stateOf } from '../../../src/shared/reasons.ts';

type ActionProgress = Extract<ChallengeProgress, { kind: 'action' }>;

function acting(action: Action | null, index: number, more: Partial<ActionProgress> = {}): ActionProgress {
  return { kind: 'action', action, index, count: 2, done: 0, hint: null, ended: false, ...more };
}

describe('the notice before another check', () => {
  const languages = ['zh-CN', 'en'] as const;
  const other = languages.map((language) => translator(language)('notice.other'));

  it('says a suspicion, and whatever else would teach an attacker, in the same general words', () => {
    const silentOn = REASON_CODES.filter(
      (code) =>
        stateOf(code) === 'failed' || ['camera.virtual', 'camera.changed', 'camera.not-following'].includes(code),
    );
    expect(silentOn.length).toBeGreaterThan(10);
    for (const code of silentOn) {
      expect([code, languages.map((language) => noticeText(code, translator(language)))]).toEqual([code, other]);
    }
  });

  it('says what light, sound and camera can explain', () => {
    const t = translator('en');
    expect(whatFollows({ next: 'action', notice: 'capture.too-bright', mayAvoidFlashing: false }, t)).toEqual({
      why: 'Too bright here for the light check.',
      next: 'Please follow the prompts instead.',
      wayOut: null,
    });
    expect(noticeText('camera.too-slow', t)).toBe('The camera is a little slow.');
    expect(noticeText('speech.unavailable', t)).toBe('Reading aloud is not available here.');
  });

  it('warns of flashing before light, and of nothing else, with the way past it that there is', () => {
    const t = translator('en');
    const wayOut = (mayAvoidFlashing: boolean) =>
      CHALLENGE_KINDS.map((next) => whatFollows({ next, notice: null, mayAvoidFlashing }, t).wayOut);
    expect(wayOut(true)).toEqual(['Sensitive to light? Choose “No flashing”.', null, null, null]);
    expect(wayOut(false)).toEqual(['Sensitive to light? Choose “Another way”.', null, null, null]);
  });
});

describe('a framed challenge on the screen', () => {
  it('asks for one thing at a time and praises between two', () => {
    expect([
      challengePrompt('action', null),
      challengePrompt('action', acting(null, 0)),
      challengePrompt('action', acting('nod', 0)),
      challengePrompt('action', acting(null, 1)),
      challengePrompt('action', acting(null, 0, { done: 1 })),
      challengePrompt('action', acting(null, 1, { done: 1, ended: true })),
    ]).toEqual([
      'challenge.wait',
      'challenge.wait',
      'challenge.actions.nod',
      'challenge.good',
      'challenge.good',
      'challenge.allDone',
    ]);
  });

  it('fills the ring action by action, and wholly at the end', () => {
    expect([
      challengeParts(null),
      challengeParts(acting(null, 0)),
      challengeParts(acting('nod', 0, { done: 0.5 })),
      challengeParts(acting(null, 1)),
      challengeParts(acting('blink', 1, { done: 0.25 })),
      challengeParts(acting(null, 1, { done: 1, ended: true })),
    ]).toEqual([[0], [0, 0], [0.5, 0], [1, 0], [1, 0.25], [1, 1]]);
  });

  it('has a piece of the ring for each digit', () => {
    expect(challengeParts({ kind: 'digits', shown: '40', count: 4, hint: null, ended: false })).toEqual([1, 1, 0, 0]);
  });

  it('remarks on nothing that the prompt already says, and on nothing at the end', () => {
    expect([
      remarkOf(null),
      remarkOf(acting(null, 1, { hint: 'face-forward' })),
      remarkOf(acting('nod', 1, { hint: 'face-forward' })),
      remarkOf(acting(null, 1, { hint: 'no-face' })),
      remarkOf(acting(null, 1, { hint: 'no-face', ended: true })),
    ]).toEqual([null, null, 'face-forward', 'no-face', null]);
  });

  it('takes as long as the light does, from lead-in to tail', () => {
    const challenge: LightChallenge = {
      kind: 'light',
      nonce: '0'.repeat(32),
      colours: [
        { rgb: [0, 0, 255], startMs: 300, durationMs: 400 },
        { rgb: [0, 255, 0], startMs: 700, durationMs: 500 },
      ],
      leadInMs: 300,
      tailMs: 250,
    };
    expect(lightLengthMs(challenge)).toBe(1450);
  });
});

describe('the voice', () => {
  const voice = { language: 'en', slow: false, volume: 1 } as const;

  function listening() {
    const heard: string[] = [];
    let end: (() => void) | undefined;
    const announcer = createAnnouncer({
      speak: (text, _voice, onEnd) => {
        heard.push(text);
        end = onEnd;
      },
      stop: () => void heard.push('(stop)'),
    });
    return { heard, announcer, finish: () => end?.() };
  }

  it('says a warning to its end, and of what came meanwhile only the last', () => {
    const { heard, announcer, finish } = listening();
    announcer.open('warning', voice);
    announcer.say('closer', voice);
    announcer.say('hold still', voice);
    expect(heard).toEqual(['(stop)', 'warning']);
    finish();
    announcer.say('good', voice);
    expect(heard).toEqual(['(stop)', 'warning', 'hold still', 'good']);
  });

  it('is silent at once when the screen goes, whatever waits', () => {
    const { heard, announcer, finish } = listening();
    announcer.open('warning', voice);
    announcer.say('closer', voice);
    announcer.stop();
    finish();
    announcer.say('', voice);
    expect(heard).toEqual(['(stop)', 'warning', '(stop)', '(stop)']);
  });
});
