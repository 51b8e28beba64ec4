import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  createPhoneCaptures,
  PHONE_LIMITS,
  type PhoneCaptures,
} from '../../../../src/verifier/hand-offs/phone-captures.ts';
import { manualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { noiseJpeg } from '../../../support/questioner.ts';
import { scriptedInference, type ScriptedInference } from '../../../support/scripted-inference.ts';

interface Phones {
  readonly captures: PhoneCaptures;
  readonly clock: ManualClock;
  readonly inference: ScriptedInference;
  /** The next picture of a phone: how it was taken. */
  readonly send: (handOffId: string) => Promise<unknown>;
}

function phones(): Phones {
  const clock = manualClock(0);
  const inference = scriptedInference();
  const captures = createPhoneCaptures({ inference, clock, randomBytes, liveness: 'action' });
  const sent = new Map<string, number>();
  return {
    ...{ captures, clock, inference },
    send: async (handOffId) => {
      const sequence = (sent.get(handOffId) ?? 0) + 1;
      sent.set(handOffId, sequence);
      const seen = await captures.see(handOffId, sequence, { jpeg: noiseJpeg(200), capturedAtMs: sequence * 200 });
      if (typeof seen === 'string') return seen;
      if (!seen.ok) return seen.error.code;
      return seen.value.kind === 'step' ? seen.value.step.step : seen.value.kind;
    },
  };
}

describe('pictures of phones', () => {
  it('are looked at for a bounded number of people, and for others once there is room', async () => {
    const { send, captures, inference } = phones();
    for (let index = 0; index < PHONE_LIMITS.captures; index++) expect(await send(`phone ${index}`)).toBe('position');
    expect(await send('late')).toBe('busy');
    captures.drop('phone 0');
    expect(await send('late')).toBe('position');
    await expect.poll(() => inference.open.size).toBe(PHONE_LIMITS.captures);
  });

  it('are wiped when nothing came for a while; then the try begins again', async () => {
    const { send, captures, clock, inference } = phones();
    for (const step of ['position', 'position', 'challenge']) expect(await send('phone')).toBe(step);
    clock.advance(19_000);
    captures.wipeIdle();
    expect(inference.open.size).toBe(1);
    clock.advance(2_000);
    captures.wipeIdle();
    await expect.poll(() => inference.open.size).toBe(0);
    expect(await send('phone')).toBe('position');
  });

  it('count no more once it is decided, however many waited', async () => {
    const { send, inference } = phones();
    inference.framesToEnd = 1;
    for (let index = 0; index < 3; index++) await send('phone');
    const together = await Promise.all([send('phone'), send('phone'), send('phone'), send('phone')]);
    expect(together).toEqual(['live', 'handoff.expired', 'handoff.expired', 'too-fast']);
    expect(inference.called.filter((method) => method === 'openCapture')).toHaveLength(1);
    await expect.poll(() => inference.open.size).toBe(0);
  });

  it('come no faster than they may, and no more than they may', async () => {
    const { send, clock } = phones();
    const burst = [];
    for (let index = 0; index < 62; index++) burst.push(await send('quick'));
    expect(burst.filter((each) => each === 'too-fast').length).toBeGreaterThan(0);
    clock.advance(1_000);
    expect(await send('quick')).not.toBe('too-fast');
  });

  it('give three tries, whether or not the page is loaded again', async () => {
    const { send, captures, inference } = phones();
    inference.person = 'undecided';
    const untilJudged = async (): Promise<unknown> => {
      for (;;) {
        const step = await send('phone');
        if (step !== 'position' && step !== 'challenge') return step;
      }
    };
    expect(await untilJudged()).toBe('again');
    captures.restart('phone');
    expect(await untilJudged()).toBe('again');
    expect(await untilJudged()).toBe('undecided');
  });
});
