import sceneRulesEn from '../../resources/locales/en/scene-rules.json' with { type: 'json' };
import schemeRulesEn from '../../resources/locales/en/scheme-rules.json' with { type: 'json' };
import sceneRulesZhCn from '../../resources/locales/zh-CN/scene-rules.json' with { type: 'json' };
import schemeRulesZhCn from '../../resources/locales/zh-CN/scheme-rules.json' with { type: 'json' };
import type { SceneProblem } from './domain/scene-problem.ts';
import type { SceneRule, SchemeRule } from './domain/scene-problem-rules.ts';
import type { Language } from './reason-texts.ts';

type Rule = SchemeRule | SceneRule | 'unknown';

/** What to do about each rule that a scene or a scheme breaks; `{detail}` stands for the problem's detail. */
export const SCENE_PROBLEM_TEXTS: Readonly<Record<Language, Readonly<Record<Rule, string>>>> = {
  'zh-CN': { ...schemeRulesZhCn, ...sceneRulesZhCn },
  en: { ...schemeRulesEn, ...sceneRulesEn },
};

/** What is wrong and what to do about it, in one plain sentence. */
export function sceneProblemText({ rule, detail, field }: SceneProblem, language: Language): string {
  const texts = SCENE_PROBLEM_TEXTS[language];
  const text = Object.hasOwn(texts, rule) ? texts[rule as Rule] : texts.unknown;
  return text.replaceAll('{detail}', detail ?? field);
}
