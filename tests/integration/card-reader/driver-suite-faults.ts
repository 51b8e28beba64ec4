import { expect, test } from 'vitest';
import { CARDS } from '../../support/card-reader/cards.ts';
import type { DriverStation } from '../../support/card-reader/driver-station.ts';

/** Longest that a pulled card may go unnoticed, from its last byte on. */
const PULL_NOTICED_MS = 500;
const PULLED_AT = [0, 1, 4, 5, 6, 7, 13, 14, 63, 64, 65, 269, 270, 700, 1293, 1294] as const;

/** What readers and cards do wrong; each time the next card is read first time. */
export function faultTests(station: DriverStation): void {
  const nextCardIsRead = async (): Promise<void> => {
    station.simulated.removeCard();
    station.fault('none');
    station.simulated.insertCard(CARDS.hmt);
    expect(await station.read()).toMatchObject({ ok: true, value: CARDS.hmt });
  };

  test.each([
    'slow@300',
    'moving-card',
    'bad-checksum-once',
    'bad-checksum-once@find',
    'no-card@1',
    'status@presence:21',
  ])('%s does not keep a card from being read', async (name) => {
    station.simulated.insertCard(CARDS.resident);
    station.fault(name);
    expect(await station.read()).toMatchObject({ ok: true, value: CARDS.resident });
    await nextCardIsRead();
  });

  test.each([
    ['status@read:31', 'card.refused'],
    ['status@read:32', 'card.refused'],
    ['status@read:33', 'card.refused'],
    ['status@read:40', 'card.unknown-kind'],
    ['status@read:41', 'card.read-failed'],
    ['status@read:47', 'card.pulled'],
    ['status@read:24', 'reader.fault'],
    ['status@find:60', 'reader.self-test-failed'],
    ['status@find:66', 'reader.not-authorised'],
    ['unknown-type-flag', 'card.unknown-kind'],
    ['all-zero-dates', 'card.malformed'],
    ['silent', 'reader.no-answer'],
    ['silent@read', 'reader.no-answer'],
    ['bad-checksum', 'reader.bad-frame'],
  ])('%s ends in %s', async (name, code) => {
    station.simulated.insertCard(CARDS.resident);
    station.fault(name);
    expect(await station.read()).toMatchObject({ ok: false, error: { code } });
    await nextCardIsRead();
  });

  test('a card pulled at any byte is told in time', { timeout: 60_000 }, async () => {
    const tookMs: number[] = [];
    for (const bytes of PULLED_AT) {
      station.simulated.insertCard(CARDS.resident);
      station.fault(`pull-mid-frame@${bytes}`);
      let readingAtMs = 0;
      const result = await station.read(() => (readingAtMs = performance.now()));
      tookMs.push(performance.now() - readingAtMs);
      expect(result).toMatchObject({ ok: false, error: { code: 'card.pulled' } });
      await nextCardIsRead();
    }
    // Of what this machine's other work delays, single values tell nothing.
    const medianMs = tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length / 2)];
    expect(medianMs).toBeLessThanOrEqual(PULL_NOTICED_MS);
  });
}
