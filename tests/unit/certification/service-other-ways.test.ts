import { describe, expect, it } from 'vitest';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import type { CardPhotoAnswer } from '../../../src/main/certification/ports/face-inference.ts';
import { OTHER_WAYS, sampleChallenge, sampleTyped, undecodedDocument } from './samples.ts';
import { jpeg, judgement, kiosk, ready, settled, upToLight, upToPosition } from './service-host.ts';

type Kiosk = ReturnType<typeof kiosk>;
const otherWays = { scene: OTHER_WAYS } as const;
const frame = { jpeg, frame: { x: 0.1, y: 0.1, width: 0.8, height: 0.8 }, capturedAtMs: 1 };

/** Waits for a card that nobody lays down, and types instead. */
async function upToEntry({ service }: Kiosk): Promise<string> {
  service.act({ type: 'start' });
  service.act({ type: 'consent', capture: true, transmit: true });
  service.reportCamera(ready('camera', 640, 480));
  await settled();
  service.act({ type: 'type-identity' });
  return service.view().certifyId ?? '';
}

async function playLight({ service, time }: Kiosk, certifyId: string): Promise<void> {
  await time.pass(700);
  service.lightPlayed(certifyId, sampleChallenge.nonce, []);
  await settled();
  await settled();
}

/** A reader that waits for a card for as long as nobody cancels. */
const waiting = new Promise<never>(() => undefined);

describe('a typed identity', () => {
  const entering = () => kiosk({ configuration: otherWays, waitForCard: waiting });

  it('is checked again here, naming the field and nothing of what was typed', async () => {
    const it = entering();
    await upToEntry(it);
    expect(it.service.view()).toMatchObject({ screen: 'identity-entry', today: '2026-11-21' });
    const submit = (name: string, number: string) => it.service.act({ type: 'submit-identity', name, number });
    expect(submit('1', sampleTyped.number)).toEqual(err(failure('request.invalid', 'name')));
    expect(submit('样例人', '110105199001010021')).toEqual(err(failure('document.number-invalid', 'check-digit')));
    expect(it.service.view().screen).toBe('identity-entry');
  });

  it('is nothing outside of its screen', () => {
    const it = entering();
    expect(it.service.act({ type: 'submit-identity', name: '样例人', number: '11010519491231002X' })).toEqual(ok(null));
    expect(it.service.view().screen).toBe('attract');
  });

  it('goes on without a word of it in the view but the masked name', async () => {
    const it = entering();
    await upToEntry(it);
    it.service.act({ type: 'submit-identity', name: '样例人', number: '11010519491231002X' });
    it.service.act({ type: 'skip-card-photo' });
    const view = it.service.view();
    expect(view).toMatchObject({ screen: 'position', nameMasked: '样*人' });
    expect(JSON.stringify(view)).not.toMatch(/样例人|19491231/);
  });

  it('is wiped with the screen when nobody is there any more', async () => {
    const it = entering();
    await upToEntry(it);
    await it.time.pass(31_000);
    expect(it.service.view()).toMatchObject({ screen: 'attract', certifyId: null });
    expect(it.records[0]).toMatchObject({ verdict: { reason: 'user.timed-out' }, subject: null });
  });

  it('begins a certification of its own after a reader that failed', async () => {
    const it = kiosk({ configuration: otherWays, read: err(failure('reader.missing')) });
    it.service.act({ type: 'start' });
    it.service.act({ type: 'consent', capture: true, transmit: true });
    await settled();
    await settled();
    expect(it.service.view()).toMatchObject({ screen: 'result', result: { reason: 'reader.missing', mayType: true } });
    it.service.act({ type: 'retry', typing: true });
    expect(it.service.view().screen).toBe('consent');
    it.service.act({ type: 'consent', capture: true, transmit: true });
    expect(it.service.view().screen).toBe('identity-entry');
  });

  it('is not to be had where the scene does not allow it', async () => {
    const it = kiosk({ read: err(failure('reader.missing')) });
    it.service.act({ type: 'start' });
    it.service.act({ type: 'consent', capture: true, transmit: true });
    await settled();
    await settled();
    expect(it.service.view()).not.toHaveProperty('result.mayType');
    it.service.act({ type: 'retry', typing: true });
    it.service.act({ type: 'consent', capture: true, transmit: true });
    expect(it.service.view().screen).toBe('card');
  });
});

describe('a photographed card', () => {
  const photographing = (answers: readonly CardPhotoAnswer[], more: Parameters<typeof kiosk>[0] = {}) => {
    let at = 0;
    const findCardPortrait = async () => ok(answers[at++]!);
    return kiosk({
      configuration: otherWays,
      read: ok(undecodedDocument),
      ...more,
      inference: { findCardPortrait, ...more.inference },
    });
  };

  it('is asked for, guided, taken, compared with and forgotten', async () => {
    const portrait = new Uint8Array([7]);
    const compared: Uint8Array[] = [];
    const match = { similarity: 0.6, score: 92, far: 1e-4, kind: 'live-chip', outcome: 'match' } as const;
    const it = photographing(
      [
        { hint: 'glare', progress: 0, portrait: null },
        { hint: null, progress: 0.5, portrait: null },
        { hint: null, progress: 1, portrait },
      ],
      {
        inference: {
          compare: async (_id, bytes) => {
            compared.push(bytes);
            return ok(match);
          },
        },
      },
    );
    const certifyId = await upToPosition(it);
    expect(it.service.view()).toMatchObject({ screen: 'card-photo', hint: null });
    const hints = [];
    for (let i = 0; i < 3; i++) {
      await it.service.cardPhotoFrame(certifyId, frame);
      const view = it.service.view();
      hints.push(view.screen === 'card-photo' ? view.hint : view.screen);
    }
    expect(hints).toEqual(['glare', 'hold-still', 'position']);
    it.service.cameraAnswered(certifyId, { outcome: 'not-offered', nonce: 'd'.repeat(32) });
    for (let i = 0; i < 3; i++) await it.service.addEvidence({ certifyId, jpeg, capturedAtMs: i, phase: 'neutral' });
    await it.service.guide({ certifyId, jpeg, capturedAtMs: 1 });
    await it.time.pass(600);
    await it.service.guide({ certifyId, jpeg, capturedAtMs: 2 });
    await playLight(it, certifyId);
    expect(compared).toEqual([portrait]);
    expect(it.records[0]).toMatchObject({
      verdict: { state: 'review', reason: 'document.printed-portrait', basis: 'card-photo' },
      document: { portrait: 'not-decoded', portraitSource: 'printed' },
    });
    expect(it.wiped).toEqual([certifyId]);
  });

  it('takes no picture at another step, and none of another certification', async () => {
    const it = photographing([]);
    expect(await it.service.cardPhotoFrame('none', frame)).toEqual(ok({ hint: null, progress: 0 }));
    await upToPosition(it);
    expect(await it.service.cardPhotoFrame('none', frame)).toEqual(ok({ hint: null, progress: 0 }));
  });

  it('drops and zeroes a portrait that comes after it was skipped', async () => {
    const portrait = new Uint8Array([7]);
    let answer: (value: CardPhotoAnswer) => void = () => undefined;
    const it = photographing([], {
      inference: { findCardPortrait: () => new Promise((resolve) => (answer = (value) => resolve(ok(value)))) },
    });
    const certifyId = await upToPosition(it);
    const pending = it.service.cardPhotoFrame(certifyId, frame);
    it.service.act({ type: 'skip-card-photo' });
    answer({ hint: null, progress: 1, portrait });
    await pending;
    expect([...portrait]).toEqual([0]);
    expect(it.service.view().screen).toBe('position');
  });

  it('ends with the reason when the pictures can not be looked at', async () => {
    const it = photographing([], { inference: { findCardPortrait: async () => err(failure('inference.crashed')) } });
    const certifyId = await upToPosition(it);
    await it.service.cardPhotoFrame(certifyId, frame);
    expect(it.service.view()).toMatchObject({ screen: 'result', result: { reason: 'inference.crashed' } });
  });
});

describe('the card on the reader when the verdict is decided', () => {
  const ended = async (presence: 'same' | 'other' | 'gone' | 'unknown', verdict: 'live' | 'spoof' = 'live') => {
    let asked = 0;
    const it = kiosk({
      presence: async () => {
        asked += 1;
        return presence;
      },
      inference: { judge: async () => ok(judgement(verdict)) },
    });
    await playLight(it, await upToLight(it));
    return { reason: it.records[0]?.verdict.reason, attempts: it.records[0]?.attempts?.length, asked };
  };

  it.each([
    ['same', 'ok.matched'],
    ['gone', 'ok.matched'],
    ['unknown', 'ok.matched'],
    ['other', 'card.swapped'],
  ] as const)('%s: %s', async (presence, reason) => {
    expect(await ended(presence)).toEqual({ reason, attempts: 1, asked: 1 });
  });

  it('is not asked about where nobody alive was seen', async () => {
    expect(await ended('other', 'spoof')).toMatchObject({ asked: 0 });
  });

  it('keeps nobody waiting for a reader that hangs', async () => {
    const it = kiosk({ presence: () => new Promise(() => undefined) });
    await playLight(it, await upToLight(it));
    expect(it.service.view().screen).toBe('deciding');
    await it.time.pass(2_000);
    await settled();
    await settled();
    expect(it.records[0]).toMatchObject({ verdict: { reason: 'ok.matched' } });
  });
});
