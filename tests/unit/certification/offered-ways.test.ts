import { describe, expect, it } from 'vitest';
import { presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import type { Scheme } from '../../../src/shared/domain/scheme.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err } from '../../../src/shared/result.ts';
import { settled } from './service-host.ts';
import { kioskFor, walk, type SchemeKiosk, type WalkChanges } from './walk.ts';

const scheme = (id: string): Scheme => presetScheme(id)!;
const screenOf = (host: SchemeKiosk) => host.service.view().screen;

describe('a withdrawal without a reader', () => {
  it('is offered where one is set up, and nowhere else', () => {
    const without = kioskFor(scheme('CounterCard'), { configuration: { readsCards: false } });
    expect(without.service.view()).not.toHaveProperty('mayWithdraw');
  });

  it.each(['reader.missing', 'reader.no-answer', 'reader.crashed'] as const)(
    'that works ends with the reader’s own reason: %s',
    async (code) => {
      const asked: string[] = [];
      const subjects: WalkChanges['subjects'] = {
        kept: (subjectKey) => {
          asked.push(subjectKey);
          return err(failure('store.unavailable'));
        },
      };
      const host = kioskFor(scheme('CounterCard'), { read: err(failure(code)), subjects });
      host.service.act({ type: 'withdraw' });
      await settled();
      expect(host.service.view()).toMatchObject({
        screen: 'withdrawal-done',
        outcome: { kind: 'failed', reason: code },
      });
      expect([asked, host.committed]).toEqual([[], []]);
      await host.time.pass(31_000);
      expect(screenOf(host)).toBe('attract');
    },
  );
});

describe('the chip instead of the card’s pictures', () => {
  it('is no way round pictures that the scheme asks for', async () => {
    const host = kioskFor(scheme('RPBasic'));
    await walk(host, 'document-capture');
    expect(host.service.view()).not.toHaveProperty('mayUseCard');
    host.service.act({ type: 'use-card' });
    expect(screenOf(host)).toBe('document-capture');
  });

  it('can be read where the pictures were chosen', async () => {
    const identification = { manualEntry: false, cardPhoto: false, photographedCard: true };
    const host = kioskFor(scheme('CounterCard'), {
      scene: { identification },
      waitForCard: new Promise(() => undefined),
    });
    await walk(host, 'card');
    host.service.act({ type: 'photograph-card' });
    expect(host.service.view()).toMatchObject({ screen: 'document-capture', mayUseCard: true });
    host.service.act({ type: 'use-card' });
    expect(screenOf(host)).toBe('card');
  });
});
