import { useState } from 'react';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { ActionPhase } from './answers.ts';
import type { Draft } from './drafts.tsx';
import type { Parsed, Problems } from './form-problem.ts';

type Texts<Keys> = { readonly [Name in keyof Keys]: string };

/** Keys while they are typed: of one form alone, so that leaving the page forgets them. */
function useTypedKeys<Keys extends Texts<Keys>>(blank: Keys) {
  const [keys, setKeys] = useState(blank);
  const [replacing, setReplacing] = useState(false);
  return {
    keys,
    replacing,
    typed: Object.values<string>(keys).some((key) => key !== ''),
    edit: (more: Partial<Keys>) => setKeys((before) => ({ ...before, ...more })),
    /** Begins to replace the keys that are kept, or leaves it. Either way nothing stays typed. */
    replace: (on: boolean) => {
      setKeys(blank);
      setReplacing(on);
    },
  };
}

interface KeyedFormParts<Setting, Keys, Request, Field extends string, View> {
  readonly draft: Draft<Setting>;
  readonly blank: Keys;
  /** Keys for what is chosen now are kept already, so that none have to be typed. */
  readonly kept: boolean;
  /** Reads the form; `keys` null: those that are kept stay. */
  readonly parse: (setting: Setting, keys: Keys | null) => Parsed<Request, Field>;
  readonly action: {
    readonly phase: ActionPhase;
    readonly run: (request: Request) => Promise<Result<View, Failure>>;
  };
  readonly onSaved: (view: View) => void;
}

/** The state of a form whose setting has keys beside it, which are never read back. */
export function useKeyedForm<Setting, Keys extends Texts<Keys>, Request, Field extends string, View>(
  parts: KeyedFormParts<Setting, Keys, Request, Field, View>,
) {
  const { draft, kept, action, onSaved } = parts;
  const secret = useTypedKeys(parts.blank);
  const [tried, setTried] = useState(false);
  const result = parts.parse(draft.value, kept && !secret.replacing ? null : secret.keys);
  const changed = draft.changed || secret.typed;
  const startOver = (): void => {
    setTried(false);
    secret.replace(false);
  };
  const discard = (): void => {
    startOver();
    draft.discard();
  };
  const save = (): boolean => {
    if (!changed) return true;
    setTried(!result.ok);
    if (!result.ok) return false;
    void action.run(result.value).then((answer) => {
      if (!answer.ok) return;
      discard();
      onSaved(answer.value);
    });
    return true;
  };
  const problems = tried && !result.ok ? result.problems : ({} as Problems<Field>);
  return { draft, secret, kept, problems, phase: action.phase, changed, save, discard, startOver };
}
