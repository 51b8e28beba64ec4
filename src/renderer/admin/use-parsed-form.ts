import { useState } from 'react';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { ActionPhase } from './answers.ts';
import type { Draft } from './drafts.tsx';
import type { Parsed, Problems } from './form-problem.ts';

interface ParsedFormParts<Value, Request, Field extends string, Saved> {
  readonly draft: Draft<Value>;
  readonly parse: (value: Value) => Parsed<Request, Field>;
  readonly action: {
    readonly phase: ActionPhase;
    readonly run: (request: Request) => Promise<Result<Saved, Failure>>;
  };
  readonly onSaved: (saved: Saved) => void;
}

/** The state of a form that is read as a whole: what is wrong is named at its field, what is right is saved. */
export function useParsedForm<Value, Request, Field extends string, Saved>(
  parts: ParsedFormParts<Value, Request, Field, Saved>,
) {
  const { draft, parse, action, onSaved } = parts;
  const none = {} as Problems<Field>;
  const [problems, setProblems] = useState<Problems<Field>>(none);
  const onSave = (): boolean => {
    if (!draft.changed) return true;
    const result = parse(draft.value);
    setProblems(result.ok ? none : result.problems);
    if (!result.ok) return false;
    void action.run(result.value).then((answer) => {
      if (!answer.ok) return;
      draft.discard();
      onSaved(answer.value);
    });
    return true;
  };
  const onDiscard = (): void => {
    setProblems(none);
    draft.discard();
  };
  return { problems, setProblems, form: { changed: draft.changed, phase: action.phase, onSave, onDiscard } };
}
