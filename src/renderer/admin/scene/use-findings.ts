import { useCallback } from 'react';
import type { Scene } from '../../../shared/domain/scene.ts';
import { sceneProblemText } from '../../../shared/scene-problem-texts.ts';
import { ask } from '../answers.ts';
import { useEnvironment } from '../environment.ts';
import { placeProblems } from '../field-problems.ts';
import { useChecked } from '../use-checked.ts';
import { useWords } from '../words.tsx';
import { sceneFieldOf } from './scene-field-of.ts';

/** What main's rules say to a scene as it stands: at its fields, beside them, and all as sentences. */
export function useFindings(scene: Scene | null) {
  const { bridge } = useEnvironment();
  const { language } = useWords();
  const check = useCallback(
    (key: string) => ask(bridge, 'admin:check-scene', { scene: JSON.parse(key) as Scene }),
    [bridge],
  );
  const checked = useChecked(scene === null ? null : JSON.stringify(scene), check);
  const problems = checked.problems ?? [];
  const words = [...new Set(problems.map((problem) => sceneProblemText(problem, language)))];
  return { checked, words, ...placeProblems(problems, sceneFieldOf, language) };
}
