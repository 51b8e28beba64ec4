import { useState } from 'react';
import type { Scene } from '../../../shared/domain/scene.ts';
import type { SceneBook } from '../../../shared/ipc/admin-schemes.ts';
import { useAction } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { NO_DIGITS } from './liveness-form.ts';
import type { SceneStart } from './new-scene.ts';
import { parseScene, sceneDraft, type SceneField } from './scene-form.ts';
import { useFindings } from './use-findings.ts';

interface Options extends SceneStart {
  readonly book: SceneBook;
  readonly onSaved: (book: SceneBook, id: string) => void;
}

function idTaken({ book, saved }: Options, id: string): boolean {
  return book.scenes.some(({ scene }) => scene.id === id && scene.id !== saved?.scene.id);
}

/** The whole state of the form of one scene. */
export function useSceneForm(options: Options) {
  const { scene, saved, book, onSaved } = options;
  const draft = useDraft(saved === null ? 'scene:new' : `scene:${saved.scene.id}`, sceneDraft(scene));
  const [tried, setTried] = useState<Problems<SceneField>>({});
  const [asking, setAsking] = useState<Scene | null>(null);
  const saving = useAction('admin:put-scene');
  const digits = book.digits ?? NO_DIGITS;
  const result = parseScene(draft.value, digits);
  const findings = useFindings(result.ok ? result.value : null);
  const put = (value: Scene, confirmed: boolean): void => {
    void saving.run({ scene: value, replaces: saved?.scene.id ?? null, confirmed }).then((answer) => {
      if (!answer.ok) return;
      setAsking(null);
      draft.discard();
      onSaved(answer.value, value.id);
    });
  };
  const save = (): boolean => {
    const problems = result.ok ? {} : result.problems;
    const all = idTaken(options, draft.value.id)
      ? { ...problems, id: { key: 'scenes.problem.taken' } as const }
      : problems;
    setTried(all);
    if (!result.ok || Object.keys(all).length > 0) return false;
    if (saved !== null && saved.records > 0 && saved.scene.scheme !== result.value.scheme) setAsking(result.value);
    else put(result.value, false);
    return true;
  };
  const discard = (): void => {
    setTried({});
    draft.discard();
  };
  return {
    draft,
    digits,
    problems: { ...findings.atFields, ...tried },
    findings,
    phase: saving.phase,
    save,
    discard,
    asking,
    onSure: () => asking && put(asking, true),
    onUnsure: () => setAsking(null),
  };
}
