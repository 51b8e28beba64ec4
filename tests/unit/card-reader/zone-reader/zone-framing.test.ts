import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createZoneFraming } from '../../../../src/main/card-reader/zone-reader/zone-framing.ts';
import { buildZone } from '../../../../src/shared/domain/mrz-build.ts';
import { parseZone } from '../../../../src/shared/domain/mrz-parse.ts';
import { CARD_LINES, FRAMING_NAMES, FRAMINGS, PASSPORT_LINES } from '../../../support/mrz/swipes.ts';
import { TODAY, zoneContents } from '../../../support/mrz/zone-contents.ts';

/** What comes of chunks, with a silence at the end; zones as their lines, others as their codes. */
function heard(chunks: readonly Uint8Array[]): readonly unknown[] {
  const framing = createZoneFraming();
  const swipes = chunks.flatMap((chunk) => [...framing.take(chunk)]);
  if (framing.idleMs !== null) swipes.push(...framing.end());
  expect(framing.idleMs).toBeNull();
  return swipes.map((lines) => {
    const zone = parseZone(lines, TODAY);
    return zone.ok ? zone.value.lines : zone.error.code;
  });
}

describe.each(FRAMING_NAMES)('%s', (name) => {
  const frame = FRAMINGS[name];

  test('a passport and a card', () => {
    expect(heard([frame(PASSPORT_LINES)])).toEqual([PASSPORT_LINES]);
    expect(heard([frame(CARD_LINES)])).toEqual([CARD_LINES]);
  });

  test('any zone in chunks of any size', () => {
    fc.assert(
      fc.property(zoneContents(), fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }), (contents, sizes) => {
        const lines = buildZone(contents);
        const bytes = frame(lines);
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const size of [...sizes, bytes.length]) {
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(heard(chunks)).toEqual([lines]);
      }),
      { numRuns: 200 },
    );
  });
});

const SIGNED = ['desko', 'desko with signs around', 'rte6701', 'lines with carriage returns'] as const;

describe.each(SIGNED)('%s, where the end is told', (name) => {
  const frame = FRAMINGS[name];

  test('two swipes at once', () => {
    expect(heard([Buffer.concat([frame(PASSPORT_LINES), frame(CARD_LINES)])])).toEqual([PASSPORT_LINES, CARD_LINES]);
  });
});

describe('garbage', () => {
  test.each(['desko', 'rte6701'] as const)('before and behind %s', (name) => {
    const garbage = Buffer.from([0xff, 0x00, 0x41, 0x80, 0x0d, 0x1b]);
    const bytes = Buffer.concat([garbage, FRAMINGS[name](PASSPORT_LINES), garbage, FRAMINGS[name](CARD_LINES)]);
    expect(heard([bytes])).toEqual([PASSPORT_LINES, CARD_LINES]);
  });

  test('a frame that lost its end gives way to the next one', () => {
    const cut = FRAMINGS.desko(PASSPORT_LINES).subarray(0, 50);
    expect(heard([cut, FRAMINGS.desko(CARD_LINES)])).toEqual([CARD_LINES]);
  });

  test('a frame without anything in it, and one with a half, are failures', () => {
    expect(heard([Buffer.from([0x02, 0x03])])).toEqual(['mrz.malformed']);
    expect(heard([FRAMINGS.desko(PASSPORT_LINES).subarray(0, 50)])).toEqual(['mrz.malformed']);
  });

  test('a few bytes of noise are nothing', () => {
    expect(heard([Buffer.from('\x00\xffAB\r')])).toEqual([]);
  });

  test('without end it is told once, and the next frame is read', () => {
    const noise = Buffer.alloc(5000, 'A');
    expect(heard([noise, noise, FRAMINGS.desko(PASSPORT_LINES)])).toEqual(['mrz.malformed', PASSPORT_LINES]);
  });

  test('never holds more than its bound, never throws, and finds a frame behind a silence', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), fc.constantFrom(...FRAMING_NAMES), (noise, name) => {
        const framing = createZoneFraming();
        const told = [...framing.take(noise), ...framing.end()];
        for (const lines of told) expect(lines.join('').length).toBeLessThanOrEqual(264);
        const swipes = [...framing.take(FRAMINGS[name](PASSPORT_LINES)), ...framing.end()];
        const zones = swipes.map((lines) => parseZone(lines, TODAY)).filter(({ ok }) => ok);
        expect(zones).toHaveLength(1);
      }),
      { numRuns: 1500 },
    );
  });
});
