import { describe, expect, it } from 'vitest';
import { watchBlink } from '../../../src/main/certification/blink-moment.ts';
import { createClipCollection } from '../../../src/main/certification/clip-collection.ts';
import type { Action, ChallengeProgress } from '../../../src/shared/domain/challenge.ts';

function asked(action: Action | null, index: number, ended = false): ChallengeProgress {
  return { kind: 'action', action, index, count: 2, done: 0, hint: null, ended };
}

function momentAfter(...seen: readonly (readonly [number, ChallengeProgress])[]) {
  const watch = watchBlink();
  for (const [atMs, progress] of seen) watch.see(progress, atMs);
  return watch.moment();
}

describe('the blink of a challenge', () => {
  it('lies between its prompt and the frame that completed it', () => {
    const prompts = [
      [1_000, asked(null, 0)],
      [1_500, asked('blink', 0)],
      [1_900, asked('blink', 0)],
    ] as const;
    expect(momentAfter(...prompts)).toBeNull();
    expect(momentAfter(...prompts, [2_100, asked(null, 1)])).toEqual({ fromMs: 1_500, toMs: 2_100 });
    expect(momentAfter(...prompts, [2_100, asked(null, 2, true)])).toEqual({ fromMs: 1_500, toMs: 2_100 });
  });

  it('is no longer than a blink, however long somebody waited with it', () => {
    expect(momentAfter([1_000, asked('blink', 1)], [3_500, asked(null, 2, true)])).toEqual({
      fromMs: 2_500,
      toMs: 3_500,
    });
  });

  it('is none when the prompt was withdrawn, or another action was done', () => {
    expect(momentAfter([1_000, asked('blink', 0)], [4_000, asked(null, 0)], [5_000, asked(null, 0, true)])).toBeNull();
    expect(momentAfter([1_000, asked('nod', 0)], [2_000, asked(null, 1)])).toBeNull();
    expect(momentAfter([1_000, { kind: 'silent', done: 0.5, hint: null, ended: false }])).toBeNull();
  });

  it('belongs to the challenge whose clip is expected', () => {
    const clips = createClipCollection(() => () => undefined);
    clips.expect('a', '1');
    clips.see('a', '1', asked('blink', 0), 1_000);
    clips.see('a', '2', asked(null, 1), 1_100);
    expect(clips.blink('a')).toBeNull();
    clips.see('a', '1', asked(null, 1), 1_300);
    expect(clips.blink('a')).toEqual({ fromMs: 1_000, toMs: 1_300 });
    clips.expect('a', '2');
    expect([clips.blink('a'), clips.blink('b')]).toEqual([null, null]);
  });
});
