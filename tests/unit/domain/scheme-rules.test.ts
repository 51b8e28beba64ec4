import { describe, expect, it } from 'vitest';
import { SCENE_RULES, SCHEME_RULES } from '../../../src/shared/domain/scene-problem-rules.ts';
import { checkScheme } from '../../../src/shared/domain/scene-rules.ts';
import { PRESET_SCHEMES } from '../../../src/shared/domain/scheme-presets.ts';
import { schemeSchema, type Scheme } from '../../../src/shared/domain/scheme.ts';
import { SCENE_PROBLEM_TEXTS, sceneProblemText } from '../../../src/shared/scene-problem-texts.ts';

/** A sound scheme of an administrator's own: the chip card, the face, and the authority asked. */
const SOUND: Scheme = {
  id: 'OurOwn',
  family: 'composed',
  actor: 'person',
  identity: 'chip-card',
  cardPictures: 'no',
  liveness: 'scene',
  reference: 'authority',
  check: 'face-authority',
  decides: 'verifier',
  asks: [],
  inputs: {},
  outputs: ['liveness', 'verifier-score'],
  hosted: null,
};
const CALLER: Partial<Scheme> = { actor: 'caller', liveness: 'none', outputs: [] };
const NAMED = { name: 'required', number: 'required' } as const;

const BROKEN: readonly (readonly [string, string, Partial<Scheme>])[] = [
  ['id-taken', 'id', { id: 'RPBasic' }],
  ['not-composed', 'family', { family: 'tencent' }],
  ['caller-cannot-identify', 'identity', { ...CALLER, identity: 'typed', inputs: { face: 'required' } }],
  ['caller-cannot-identify', 'identity', { ...CALLER, identity: 'chip-card', inputs: { face: 'required' } }],
  ['caller-has-no-liveness', 'liveness', { ...CALLER, liveness: ['silent'], identity: 'given', inputs: NAMED }],
  ['caller-card-needs-input', 'inputs.cardFront', { ...CALLER, identity: 'card-pictures', reference: 'none' }],
  ['asks-only-person', 'asks', { ...CALLER, asks: ['phone'] }],
  ['asks-only-person', 'asks', { actor: 'phone', asks: ['phone'] }],
  ['asks-unused', 'asks', { asks: ['phone'] }],
  ['asks-unused', 'asks', { asks: ['bankCard'], check: 'phone' }],
  ['asks-twice', 'asks', { asks: ['phone', 'phone'], check: 'phone' }],
  ['phone-needs-liveness', 'liveness', { actor: 'phone', liveness: 'none', outputs: [] }],
  ['phone-needs-check', 'check', { actor: 'phone', check: null }],
  ['phone-needs-check', 'check', { actor: 'phone', check: 'identity' }],
  ['phone-needs-check', 'decides', { actor: 'phone', decides: 'device' }],
  ['phone-takes-no-card-pictures', 'identity', { actor: 'phone', identity: 'card-pictures' }],
  ['hosted-needs-person', 'hosted', { ...CALLER, identity: 'given', inputs: NAMED, hosted: 'aliyun' }],
  ['given-identity-needs-input', 'inputs.number', { identity: 'given', inputs: { name: 'required' } }],
  ['given-identity-needs-input', 'inputs.name', { identity: 'given', inputs: { ...NAMED, name: 'optional' } }],
  ['given-reference-needs-input', 'inputs.reference', { reference: 'given', check: 'face-reference' }],
  ['authority-needs-identity', 'identity', { identity: 'none' }],
  ['authority-needs-check', 'check', { check: 'face-live' }],
  ['authority-needs-check', 'check', { reference: 'retained' }],
  ['chip-portrait-needs-chip', 'reference', { reference: 'chip-portrait', identity: 'typed' }],
  ['card-portrait-needs-pictures', 'reference', { reference: 'card-portrait', check: 'face-reference' }],
  ['card-pictures-need-person', 'cardPictures', { actor: 'phone', cardPictures: 'yes' }],
  ['card-pictures-need-authority', 'cardPictures', { cardPictures: 'when-source-unusable', check: 'face-live' }],
  ['comparison-needs-face', 'liveness', { liveness: 'none', reference: 'chip-portrait', outputs: [] }],
  ['comparison-needs-face', 'inputs.face', { ...CALLER, identity: 'none', reference: 'given' }],
  ['device-has-no-reference', 'decides', { decides: 'device' }],
  [
    'device-decides-nothing',
    'decides',
    { decides: 'device', liveness: 'none', reference: 'none', check: 'identity', outputs: [] },
  ],
  ['verifier-needs-check', 'check', { check: null, reference: 'none' }],
  ['check-lacks-material', 'check', { check: 'phone', reference: 'none' }],
  ['check-lacks-material', 'check', { check: 'bank-card-reading', reference: 'none' }],
  ['input-without-identity', 'inputs.name', { identity: 'none', reference: 'none', inputs: { name: 'optional' } }],
  ['input-unused', 'inputs.face', { inputs: { face: 'optional' } }],
  ['input-unused', 'inputs.bankCard', { inputs: { bankCard: 'required' } }],
  ['output-not-produced', 'outputs.0', { outputs: ['comparison'] }],
  ['output-not-produced', 'outputs.1', { outputs: ['liveness', 'card-pictures'] }],
  ['output-twice', 'outputs', { outputs: ['liveness', 'liveness'] }],
  ['liveness-twice', 'liveness', { liveness: ['light', 'light'] }],
];

describe('rules of a composed scheme', () => {
  it.each(PRESET_SCHEMES.map((scheme) => [scheme.id, scheme] as const))('%s has no problem', (_id, scheme) => {
    expect(schemeSchema.parse(scheme)).toEqual(scheme);
    expect(checkScheme(scheme)).toEqual([]);
  });

  it('takes a sound scheme of an own making', () => {
    expect(checkScheme(SOUND)).toEqual([]);
  });

  it.each(BROKEN)('%s at %s', (rule, field, change) => {
    const problems = checkScheme({ ...SOUND, ...change });
    expect(problems.map((problem) => `${problem.field} ${problem.rule}`)).toContain(`${field} ${rule}`);
  });

  it('has a case for every rule', () => {
    expect(new Set(BROKEN.map(([rule]) => rule))).toEqual(new Set(SCHEME_RULES));
  });

  it('takes a copy of every preset under another id, once it is composed', () => {
    for (const preset of PRESET_SCHEMES) {
      expect(checkScheme({ ...preset, id: `My${preset.id}`, family: 'composed' })).toEqual([]);
    }
  });
});

describe('sentences of the rules', () => {
  it.each([...SCHEME_RULES, ...SCENE_RULES])('%s is explained in both languages', (rule) => {
    const text = { 'zh-CN': SCENE_PROBLEM_TEXTS['zh-CN'][rule], en: SCENE_PROBLEM_TEXTS.en[rule] };
    expect(text['zh-CN']).toMatch(/[一-鿿].*。$/u);
    expect(text.en).toMatch(/^[A-Z{].*\.$/);
    expect(text.en).not.toMatch(/[一-鿿]/u);
    const told = sceneProblemText({ field: 'field', rule, detail: 'technical' }, 'en');
    expect(told).not.toContain('{');
    expect(text.en.includes('{detail}')).toBe(text['zh-CN'].includes('{detail}'));
    expect(told.includes('technical')).toBe(text.en.includes('{detail}'));
  });

  it('says something about a rule of another version', () => {
    expect(sceneProblemText({ field: 'guidePage', rule: 'from-tomorrow' }, 'en')).toBe(
      'This setting can not be used: guidePage.',
    );
  });
});
