import { describe, expect, it } from 'vitest';
import {
  isGone,
  NO_PRINTER,
  parsePeripherals,
  peripheralsDraft,
} from '../../../src/renderer/admin/peripherals/peripherals-form.ts';
import { SCENE_STARTS, sceneFrom } from '../../../src/renderer/admin/setup/scene-starts.ts';
import { fixFor } from '../../../src/renderer/admin/setup/test-words.ts';
import { DEFAULT_PERIPHERALS } from '../../../src/shared/domain/peripherals.ts';
import { DEFAULT_SCENE, sceneSchema } from '../../../src/shared/domain/scene.ts';
import { presetScheme } from '../../../src/shared/domain/scheme-presets.ts';

describe('the form of sound and printer', () => {
  it('reads back what it shows', () => {
    const saved = { ...DEFAULT_PERIPHERALS, printer: 'EPSON' };
    expect(parsePeripherals(peripheralsDraft(saved))).toEqual({ ok: true, value: saved });
    expect(parsePeripherals(peripheralsDraft(DEFAULT_PERIPHERALS))).toMatchObject({ value: { printer: null } });
  });

  it.each(['', '39', '217', '58.5', '8o'])('refuses a paper width of "%s"', (paperWidthMm) => {
    const result = parsePeripherals({ ...peripheralsDraft(DEFAULT_PERIPHERALS), paperWidthMm });
    expect(result).toMatchObject({
      ok: false,
      problems: { paperWidthMm: { key: 'peripherals.printer.problemWidth' } },
    });
  });

  it('reads back the shape of the reader and the pace of the scan', () => {
    const saved = { ...DEFAULT_PERIPHERALS, readerForm: 'swipe', scanSeconds: 1.25 } as const;
    expect(peripheralsDraft(saved)).toMatchObject({ readerForm: 'swipe', scans: true, scanSeconds: '1.25' });
    expect(parsePeripherals(peripheralsDraft(saved))).toEqual({ ok: true, value: saved });
    const asUsual = { ...peripheralsDraft(saved), readerForm: 'plate', scans: false } as const;
    expect(parsePeripherals(asUsual)).toEqual({ ok: true, value: DEFAULT_PERIPHERALS });
  });

  it.each(['', '0.79', '6.1', '7', '1,5', 'two'])(
    'refuses a scan of "%s" seconds, where there is one',
    (scanSeconds) => {
      const draft = { ...peripheralsDraft(DEFAULT_PERIPHERALS), scanSeconds };
      expect(parsePeripherals({ ...draft, scans: true })).toEqual({
        ok: false,
        problems: { scanSeconds: { key: 'peripherals.scan.problem' } },
      });
      expect(parsePeripherals({ ...draft, scans: false }).ok).toBe(true);
    },
  );

  it('keeps a printer that is gone as a choice', () => {
    const found = [{ name: 'a', displayName: 'A', isDefault: true }];
    expect([isGone('a', found), isGone('b', found), isGone(NO_PRINTER, found)]).toEqual([false, true, false]);
  });
});

describe('the starting points of a scene', () => {
  it.each(SCENE_STARTS)('%s makes a scene that fits, with a scheme that comes with the program', (start) => {
    const scene = sceneFrom(start, { ...DEFAULT_SCENE, confirmation: 'identity', retentionDays: 30 });
    expect(sceneSchema.safeParse(scene).success).toBe(true);
    expect(presetScheme(scene.scheme)).toBeDefined();
    expect(scene).toMatchObject({ id: DEFAULT_SCENE.id, retentionDays: 30 });
    expect(scene.confirmation).toBeUndefined();
  });
});

describe('what to do after a test', () => {
  it.each([
    ['ok.matched', 'none'],
    ['camera.frozen', 'camera'],
    ['reader.missing', 'reader'],
    ['verifier.unreachable', 'verifier'],
    ['scene.impossible', 'scene'],
    ['challenge.incomplete', 'light'],
    ['user.timed-out', 'again'],
  ] as const)('%s leads to %s', (reason, fix) => {
    expect(fixFor(reason)).toBe(fix);
  });
});
