import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translator } from '../../../src/renderer/i18n/translation.ts';
import { withOwnTexts } from '../../../src/renderer/i18n/own-texts.ts';
import { draftOf, parseBrand, readLogo } from '../../../src/renderer/admin/brand/brand-form.ts';
import { OWN_TEXT_NAMES, OWN_TEXTS, ownTextProblem, ownTextRoom } from '../../../src/shared/brand-texts.ts';
import { DEFAULT_BRAND } from '../../../src/shared/domain/brand-default.ts';
import { brandSchema, isPlainBrand, MAX_LOGO_BYTES } from '../../../src/shared/domain/brand.ts';
import { brandColours, GROUNDS, legibleAccent, THEMES } from '../../../src/shared/domain/brand-colours.ts';
import { contrast } from '../../../src/shared/domain/contrast.ts';
import { styleSheets, tokensOf } from '../../support/style-sheets.ts';

const colours = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('an accent', () => {
  it('stands on the grounds that the style sheet has', () => {
    const sheet = styleSheets().get('ui/tokens.css')!;
    const names = ['--paper', '--surface', '--wash'];
    const groundsOf = (selector: string) => names.map((name) => tokensOf(sheet, selector).get(name));
    expect({ light: groundsOf(':root'), dark: groundsOf(":root[data-theme='dark']") }).toEqual(GROUNDS);
  });

  it('can be read in both themes, with everything that is made of it, whatever was wished for', () => {
    fc.assert(
      fc.property(colours, fc.constantFrom(...THEMES), (wished, theme) => {
        const chosen = legibleAccent(wished);
        const { accent, accentDeep, accentWash, onAccent } = brandColours(chosen, theme);
        for (const ground of GROUNDS[theme]) expect(contrast(accent, ground)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(onAccent, accent)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(onAccent, accentDeep)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(accentDeep, accentWash)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(accent, accentWash)).toBeGreaterThanOrEqual(3);
        expect(brandSchema.safeParse({ ...DEFAULT_BRAND, accent: chosen }).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused when it is too faint, with the nearest that is not', () => {
    const refused = parseBrand({ ...draftOf(DEFAULT_BRAND), accent: '#3fb8af' });
    const nearest = legibleAccent('#3fb8af');
    expect(refused).toEqual({
      ok: false,
      problems: { accent: { key: 'brand.problem.accentFaint', values: { ratio: '2.1', nearest } } },
    });
    expect(parseBrand({ ...draftOf(DEFAULT_BRAND), accent: nearest })).toMatchObject({ ok: true });
    expect(brandSchema.safeParse({ ...DEFAULT_BRAND, accent: '#3fb8af' }).success).toBe(false);
    expect(parseBrand({ ...draftOf(DEFAULT_BRAND), accent: 'red' })).toMatchObject({
      problems: { accent: { key: 'brand.problem.accentForm' } },
    });
  });
});

describe('own texts', () => {
  it('replace words that the kiosk has, and none with blanks in them', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const t = translator(language);
      for (const name of OWN_TEXT_NAMES) expect(t(name)).toBe(OWN_TEXTS[name][language]);
      expect(OWN_TEXT_NAMES.filter((name) => OWN_TEXTS[name][language].includes('{'))).toEqual([]);
    }
    const t = withOwnTexts(translator('en'), { 'attract.title': 'Welcome' });
    expect([t('attract.title'), t('attract.lead')]).toEqual(['Welcome', OWN_TEXTS['attract.lead'].en]);
  });

  it.each([
    ['attract.title', 'en', 'Welcome', null],
    ['attract.title', 'en', 'x'.repeat(ownTextRoom('attract.title', 'en')), null],
    ['attract.title', 'en', 'x'.repeat(ownTextRoom('attract.title', 'en') + 1), 'long'],
    ['attract.title', 'zh-CN', '核'.repeat(ownTextRoom('attract.title', 'zh-CN')), 'long'],
    ['attract.title', 'en', '<b>Hello</b>', 'signs'],
    ['attract.title', 'en', '{name}', 'signs'],
    ['attract.title', 'en', 'two\nlines', 'signs'],
    ['consent.title', 'en', 'Agree', 'unknown'],
    ['constructor', 'en', 'Agree', 'unknown'],
  ] as const)('%s in %s: %s is %s', (name, language, text, problem) => {
    expect(ownTextProblem(name, language, text)).toBe(problem);
    const texts = { ...DEFAULT_BRAND.texts, [language]: { [name]: text } };
    expect(brandSchema.safeParse({ ...DEFAULT_BRAND, texts }).success).toBe(problem === null);
  });

  it('are left out where they are empty', () => {
    const result = parseBrand({ ...draftOf(DEFAULT_BRAND), english: { 'attract.title': '  ' } });
    expect(result).toEqual({ ok: true, value: DEFAULT_BRAND });
    expect(isPlainBrand(DEFAULT_BRAND)).toBe(true);
  });
});

describe('a logo', () => {
  it('is what its bytes say', async () => {
    const svg = new Blob(['<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>']);
    expect(await readLogo(svg)).toMatchObject({ ok: true, value: expect.stringMatching(/^data:image\/svg/) as string });
    const png = new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])]);
    const read = await readLogo(png);
    expect(brandSchema.safeParse({ ...DEFAULT_BRAND, logo: read.ok && read.value }).success).toBe(true);
    expect(await readLogo(new Blob(['MZ…']))).toEqual({ ok: false, error: { key: 'brand.problem.logoKind' } });
    const large = new Blob([new Uint8Array(MAX_LOGO_BYTES + 1)]);
    expect(await readLogo(large)).toMatchObject({ ok: false, error: { values: { size: 65 } } });
  });
});
