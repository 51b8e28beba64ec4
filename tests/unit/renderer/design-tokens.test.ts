import { describe, expect, it } from 'vitest';
import { contrast } from '../../../src/shared/domain/contrast.ts';
import { namesSetByCode, styleSheets, tokensOf } from '../../support/style-sheets.ts';

const sheets = styleSheets();
const sheet = sheets.get('ui/tokens.css')!;
const light = tokensOf(sheet, ':root');
const themes = { light, dark: new Map([...light, ...tokensOf(sheet, ":root[data-theme='dark']")]) };

const GROUNDS = ['--paper', '--surface', '--wash'];
/** What is written on what. */
const TEXT = [
  ...['--ink', '--muted', '--accent', '--accent-deep', '--good', '--bad', '--wait', '--unknown'].flatMap((ink) =>
    GROUNDS.map((ground) => [ink, ground] as const),
  ),
  ['--ink', '--accent-wash'],
  ['--accent-deep', '--accent-wash'],
  ['--ink', '--line'],
  ['--on-accent', '--accent'],
  ['--on-accent', '--accent-deep'],
  ['--paper', '--ink'],
  ['--on-stage', '--stage'],
  ['--code-ink', '--code-ground'],
] as const;
/** Signs, borders of inputs and bars of charts: 3:1. */
const SIGNS = [
  ...['--edge', '--chart-passed', '--chart-failed', '--chart-review', '--chart-error'].flatMap((sign) =>
    ['--paper', '--surface'].map((ground) => [sign, ground] as const),
  ),
  ['--accent', '--accent-wash'],
  ...['--good', '--bad', '--wait', '--unknown'].map((ground) => ['--on-verdict', ground] as const),
] as const;

function colour(tokens: ReadonlyMap<string, string>, name: string): string {
  const value = tokens.get(name) ?? '';
  const referred = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
  return referred === undefined ? value : colour(tokens, referred);
}

function tooFaint(pairs: readonly (readonly [string, string])[], tokens: ReadonlyMap<string, string>, least: number) {
  return pairs
    .map(([ink, ground]) => [ink, ground, contrast(colour(tokens, ink), colour(tokens, ground))] as const)
    .filter(([, , ratio]) => !(ratio >= least))
    .map(([ink, ground, ratio]) => `${ink} on ${ground} ${ratio.toFixed(2)}`);
}

describe('the tokens', () => {
  it('compute contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
    expect(contrast('#ffffff', '#777777')).toBe(contrast('#777777', '#ffffff'));
  });

  it.each(Object.entries(themes))('are legible in the %s theme', (_, tokens) => {
    expect(tooFaint(TEXT, tokens, 4.5)).toEqual([]);
    expect(tooFaint(SIGNS, tokens, 3)).toEqual([]);
  });

  it('set every colour that the light theme sets by a value of its own in the dark one, or mean it to be the same', () => {
    const own = tokensOf(sheet, ":root[data-theme='dark']");
    const same = [...light.keys()].filter((name) => !own.has(name) && /#|rgb/.test(light.get(name)!));
    expect(same.filter((name) => !/^--(stage|on-stage|code|print|halo)/.test(name))).toEqual([]);
  });
});

describe('the style sheets', () => {
  const others = [...sheets].filter(([file]) => file !== 'ui/tokens.css' && file !== 'ui/density.css');

  it('take every colour from the tokens', () => {
    const raw = others.flatMap(([file, text]) =>
      [...text.matchAll(/#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab)\(|:\s*(?:white|black|red|gr[ae]y)\b/gi)].map(
        ([found]) => `${file}: ${found}`,
      ),
    );
    expect(raw).toEqual([]);
    expect(others.length).toBeGreaterThan(30);
  });

  it('take every size of text from the tokens', () => {
    const raw = others.flatMap(([file, text]) =>
      [...text.matchAll(/font(?:-size)?:[^;]*\d(?:px|pt|rem)\b[^;]*/g)].map(([found]) => `${file}: ${found}`),
    );
    expect(raw).toEqual([]);
  });

  it('use no token that nobody defines', () => {
    const inSheets = [...sheets.values()].flatMap((text) => [...text.matchAll(/(--[\w-]+):/g)].map((m) => m[1]));
    const defined = new Set([...inSheets, ...namesSetByCode()]);
    const unknown = [...sheets].flatMap(([file, text]) =>
      [...text.matchAll(/var\((--[\w-]+)\)/g)].filter((m) => !defined.has(m[1])).map((m) => `${file}: ${m[1]}`),
    );
    expect(unknown).toEqual([]);
  });
});
