import type { SceneProblem } from './domain/scene-problem.ts';
import type { SceneRule, SchemeRule } from './domain/scene-problem-rules.ts';
import { SCENE_RULE_TEXTS } from './scene-rule-texts.ts';
import { SCHEME_RULE_TEXTS } from './scheme-rule-texts.ts';

/** A sentence in both languages; `{detail}` stands for the problem's detail. */
export interface RuleText {
  readonly 'zh-CN': string;
  readonly en: string;
}

const TEXTS: Readonly<Record<SchemeRule | SceneRule, RuleText>> = { ...SCHEME_RULE_TEXTS, ...SCENE_RULE_TEXTS };

const UNKNOWN_RULE: RuleText = {
  'zh-CN': '此设置不可用：{detail}。',
  en: 'This setting can not be used: {detail}.',
};

/** What is wrong and what to do about it, in one plain sentence. */
export function sceneProblemText({ rule, detail, field }: SceneProblem, language: 'zh-CN' | 'en'): string {
  const text = Object.hasOwn(TEXTS, rule) ? TEXTS[rule as SchemeRule | SceneRule] : UNKNOWN_RULE;
  return text[language].replaceAll('{detail}', detail ?? field);
}
