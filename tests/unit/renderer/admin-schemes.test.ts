import { describe, expect, it } from 'vitest';
import { intrusion, leastIntrusive } from '../../../src/renderer/admin/schemes/least-intrusive.ts';
import { schemeFieldOf } from '../../../src/renderer/admin/schemes/scheme-field-of.ts';
import { schemeFacts } from '../../../src/renderer/admin/schemes/scheme-facts.ts';
import {
  needOf,
  parseScheme,
  schemeDraft,
  toggled,
  withNeed,
  type SchemeDraft,
} from '../../../src/renderer/admin/schemes/scheme-form.ts';
import { schemeGroups } from '../../../src/renderer/admin/schemes/scheme-rows.ts';
import { schemeDoes, schemeGives } from '../../../src/renderer/admin/schemes/scheme-words.ts';
import { LANGUAGES, translator } from '../../../src/renderer/admin/translation.ts';
import { presetScheme, PRESET_SCHEMES } from '../../../src/shared/domain/scheme-presets.ts';
import { OUTPUTS, schemeSchema, type Scheme } from '../../../src/shared/domain/scheme.ts';
import type { SchemeEntry } from '../../../src/shared/ipc/admin-schemes.ts';

function preset(id: string): Scheme {
  const found = presetScheme(id);
  if (found === undefined) throw new Error(`no preset ${id}`);
  return found;
}

function entries(refused: readonly string[] = []): readonly SchemeEntry[] {
  return PRESET_SCHEMES.map((scheme) => ({
    scheme,
    preset: true,
    scenes: [],
    refusal: refused.includes(scheme.id) ? { code: 'not-set-up' } : null,
  }));
}

describe('a scheme in words', () => {
  it.each(LANGUAGES)('is explained in %s for each that comes along, without a missing word', (language) => {
    const t = translator(language);
    for (const scheme of PRESET_SCHEMES) {
      const said = [schemeDoes(scheme, t), schemeGives(scheme, t), ...schemeFacts(scheme, t).map(({ value }) => value)];
      expect(said.filter((text) => typeof text !== 'string' || text === '' || /schemes\.|\{\{/.test(text))).toEqual([]);
    }
  });

  it('says what a person does, in order', () => {
    const t = translator('en');
    expect(schemeDoes(preset('BankCardPhoneCheck'), t)).toBe(
      'Lays the card down, types a bank card number, types a phone number, no camera',
    );
    expect(schemeDoes(preset('FACE'), t)).toBe('Is named by the caller, scans a code and finishes on their phone');
    expect(schemeDoes(preset('RPMin'), t)).toBe('Nobody comes; the caller brings everything');
    expect(schemeGives(preset('CounterCard'), t)).toBe('Face against the chip’s portrait, this terminal decides');
  });

  it('is found by its code and by its words, those of the administrator first', () => {
    const t = translator('en');
    const own: SchemeEntry = { ...entries()[0]!, scheme: { ...PRESET_SCHEMES[0]!, id: 'Own', family: 'composed' } };
    const all = [...entries(), own];
    expect(schemeGroups(all, '', t)[0]?.family).toBe('composed');
    expect(schemeGroups(all, '', t).flatMap((group) => group.entries)).toHaveLength(all.length);
    expect(schemeGroups(all, ' rpmin ', t).flatMap((group) => group.entries.map(({ scheme }) => scheme.id))).toEqual([
      'RPMin',
    ]);
    expect(schemeGroups(all, 'no such thing', t)).toEqual([]);
  });
});

describe('the scheme that asks least', () => {
  it('is the one without card pictures where the caller names the person', () => {
    const best = leastIntrusive(entries());
    expect(best.has('ID_PRO')).toBe(true);
    expect(['ID_PLUS', 'RPBasic', 'DigitIdentity', 'RPManual'].filter((id) => best.has(id))).toEqual([]);
  });

  it('is never one that can not be used, nor one at which nobody is present', () => {
    const best = leastIntrusive(entries(['ID_PRO']));
    expect(best.has('ID_PRO')).toBe(false);
    expect(PRESET_SCHEMES.filter(({ actor, id }) => actor === 'caller' && best.has(id))).toEqual([]);
  });

  it('takes a face for more than anything else', () => {
    expect(intrusion(preset('BankCardPhoneCheck'))).toBeLessThan(intrusion(preset('BestFrame')));
  });
});

describe('the form of a scheme', () => {
  it('gives back each scheme that comes along, under another code', () => {
    for (const scheme of PRESET_SCHEMES) {
      const copied = parseScheme({ ...schemeDraft(scheme), id: `My-${scheme.id}` });
      const outputs = OUTPUTS.filter((output) => scheme.outputs.includes(output));
      const expected = { ...scheme, id: `My-${scheme.id}`, family: 'composed', outputs };
      expect(copied).toEqual({ ok: true, value: expected });
    }
  });

  const draftOf = (change: Partial<SchemeDraft>): SchemeDraft => ({
    ...schemeDraft(preset('CounterCard')),
    id: 'Own',
    ...change,
  });

  it.each([
    [{ id: '' }, 'id', 'id'],
    [{ id: '1st' }, 'id', 'id'],
    [{ id: 'CounterCard' }, 'id', 'taken'],
    [{ livenessKind: 'modes', modes: '' }, 'modes', 'modes'],
    [{ livenessKind: 'modes', modes: 'light,action,digits,silent,light-blink' }, 'modes', 'modes'],
  ] as const)('marks %j', (change, field, problem) => {
    expect(parseScheme(draftOf(change))).toEqual({
      ok: false,
      problems: { [field]: { key: `schemes.composer.problem.${problem}` } },
    });
  });

  it('changes what is needed of one input and leaves the others', () => {
    const draft = draftOf({ inputs: 'name:required,face:optional' });
    const changed = { ...draft, ...withNeed(draft, 'number', 'required') };
    expect(changed.inputs).toBe('name:required,number:required,face:optional');
    expect(needOf(changed, 'face')).toBe('optional');
    expect(withNeed(changed, 'name', 'no')).toEqual({ inputs: 'number:required,face:optional' });
  });

  it('keeps ticked items in the order of their list', () => {
    expect(toggled('c', ['a', 'b', 'c'], 'a', true)).toBe('a,c');
    expect(toggled('a,c', ['a', 'b', 'c'], 'c', false)).toBe('a');
  });

  it('has a field for every part that a rule can name', () => {
    const homeless = Object.keys(schemeSchema.shape).filter((part) => schemeFieldOf(part) === null);
    expect(homeless).toEqual(['family']);
    expect(schemeFieldOf('inputs.face')).toBe('inputs');
    expect(schemeFieldOf('elsewhere')).toBeNull();
  });
});
