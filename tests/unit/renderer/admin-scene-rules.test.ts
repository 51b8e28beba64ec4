import { describe, expect, it } from 'vitest';
import { placeProblems } from '../../../src/renderer/admin/field-problems.ts';
import { NO_DIGITS } from '../../../src/renderer/admin/scene/liveness-form.ts';
import { sceneFieldOf } from '../../../src/renderer/admin/scene/scene-field-of.ts';
import { parseScene, sceneDraft, type SceneDraft } from '../../../src/renderer/admin/scene/scene-form.ts';
import { newScene } from '../../../src/renderer/admin/scene/new-scene.ts';
import { DEFAULT_SCENE, sceneSchema, type Scene } from '../../../src/shared/domain/scene.ts';
import { sceneProblemText } from '../../../src/shared/scene-problem-texts.ts';

const FULL: Scene = {
  ...DEFAULT_SCENE,
  attempts: { perVisit: 2, perPersonDay: null },
  oncePerIdentity: 'ever',
  fallbacks: ['phone-hand-off', 'identity-check'],
  guardian: true,
  returnsFace: true,
  legalBasis: 'legal-duty',
  review: { secondPerson: true },
};

describe('the rules of a scene in its form', () => {
  it('come back as they were', () => {
    expect(sceneDraft(FULL)).toMatchObject({
      perVisit: '2',
      perPersonDay: '',
      otherWays: 'phone-hand-off,identity-check',
    });
    expect(parseScene(sceneDraft(FULL), NO_DIGITS)).toEqual({ ok: true, value: FULL });
  });

  it('are not kept where they are as usual', () => {
    const usual: Partial<SceneDraft> = {
      perVisit: '3',
      perPersonDay: ' 10 ',
      once: 'no',
      otherWays: '',
      withGuardian: false,
      givesFace: false,
      legal: 'consent',
      bySecond: false,
    };
    expect(parseScene({ ...sceneDraft(FULL), ...usual }, NO_DIGITS)).toEqual({ ok: true, value: DEFAULT_SCENE });
  });

  it.each([
    ['perVisit', ''],
    ['perVisit', '0'],
    ['perVisit', '6'],
    ['perVisit', '2.5'],
    ['perPersonDay', '0'],
    ['perPersonDay', '51'],
    ['perPersonDay', 'many'],
  ])('mark %s for %j', (field, text) => {
    expect(parseScene({ ...sceneDraft(FULL), [field]: text }, NO_DIGITS)).toEqual({
      ok: false,
      problems: { [field]: { key: `scenes.problem.${field}` } },
    });
  });

  it('begin a copy without name and id', () => {
    expect(newScene(FULL)).toEqual({ scene: { ...FULL, id: '', name: '' }, saved: null });
  });
});

describe('what is wrong with a scene', () => {
  it('has a field of the form for every setting that it can name', () => {
    const withoutField = ['guidePage', 'resultPage', 'palette', 'qualityLimits', 'review'];
    expect(Object.keys(sceneSchema.shape).filter((path) => sceneFieldOf(path) === null)).toEqual(withoutField);
    expect(sceneFieldOf('qualityLimits.yaw')).toBe('limit:yaw');
    expect(sceneFieldOf('liveness.fallback.1')).toBe('livenessFallback');
    expect(sceneFieldOf('attempts.perPersonDay')).toBe('perPersonDay');
  });

  it('stands at its field, the first of several, and above the form where there is no field', () => {
    const found = [
      { field: 'fallbacks.0', rule: 'fallback-is-scheme', detail: 'phone-hand-off' },
      { field: 'fallbacks.1', rule: 'fallback-twice', detail: 'phone-hand-off' },
      { field: 'palette', rule: 'not-a-rule' },
    ];
    const { atFields, elsewhere } = placeProblems(found, sceneFieldOf, 'en');
    expect(atFields).toEqual({ otherWays: { sentence: sceneProblemText(found[0]!, 'en') } });
    expect(elsewhere).toEqual([sceneProblemText(found[2]!, 'en')]);
  });
});
