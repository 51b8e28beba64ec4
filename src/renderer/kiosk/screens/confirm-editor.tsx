import { useEffect, useEffectEvent, useRef, useState, type Dispatch, type ReactNode } from 'react';
import type { IdCardField } from '../../../shared/domain/document-reading.ts';
import { lookAtNumber } from '../../../shared/domain/typed-number.ts';
import { Button } from '../../ui/button.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { useWords } from '../environment.ts';
import { draftText, draftWith, draftWithout, isWrong, kindOf, type ConfirmEvent } from './confirm-state.ts';
import { DigitGroups } from './digit-groups.tsx';
import { Keypad } from './keypad.tsx';

interface EditorProps {
  readonly editing: { readonly field: IdCardField; readonly draft: string };
  readonly dispatch: Dispatch<ConfirmEvent>;
}

/** One line being changed: with large keys where it consists of digits, else by choosing or by the system's input. */
export function ConfirmEditor(props: EditorProps) {
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (kindOf(props.editing.field) !== 'text') heading.current?.querySelector<HTMLElement>('h1')?.focus();
  }, [props.editing.field]);
  return (
    <div ref={heading} className="confirm-editor">
      <EditorOf {...props} />
    </div>
  );
}

function EditorOf(props: EditorProps) {
  switch (kindOf(props.editing.field)) {
    case 'sex':
      return <SexEditor {...props} />;
    case 'date':
    case 'number':
      return <DigitEditor {...props} />;
    case 'text':
      return <TextEditor {...props} />;
  }
}

interface FrameProps extends EditorProps {
  readonly figure: ReactNode;
  readonly children?: ReactNode;
  /** What is saved; null while it can't be. */
  readonly text: string | null;
  readonly note: string;
  readonly wrong: boolean;
}

function EditorFrame({ editing, dispatch, figure, children, text, note, wrong }: FrameProps) {
  const { t, language } = useWords();
  return (
    <Screen
      name="document-confirm"
      state={`edit-${kindOf(editing.field)}`}
      title={t('confirm.editTitle', { field: t(`confirm.fields.${editing.field}`) })}
      figure={figure}
      actions={
        <Actions
          forward={
            <Button
              kind="primary"
              disabled={text === null}
              onPress={() => text !== null && dispatch({ type: 'save', text })}
            >
              {t('actions.save')}
            </Button>
          }
          out={
            <Button kind="quiet" onPress={() => dispatch({ type: 'keep' })}>
              {t('actions.keep')}
            </Button>
          }
        />
      }
    >
      {children}
      <p className="entry-note phrases" data-problem={wrong || undefined} role="status">
        <Phrases text={note} language={language} />
      </p>
    </Screen>
  );
}

function SexEditor({ editing, dispatch }: EditorProps) {
  const { t } = useWords();
  return (
    <EditorFrame
      editing={editing}
      dispatch={dispatch}
      text={draftText(editing.field, editing.draft)}
      note={t('confirm.textLead')}
      wrong={false}
      figure={
        <div className="confirm-choice" role="group" aria-label={t('confirm.fields.sex')}>
          {(['male', 'female'] as const).map((sex) => (
            <button
              key={sex}
              type="button"
              className="key confirm-choose"
              aria-pressed={editing.draft === sex}
              onClick={() => dispatch({ type: 'draft', draft: sex })}
            >
              {t(`confirm.sex.${sex}`)}
            </button>
          ))}
        </div>
      }
    />
  );
}

function DigitEditor({ editing, dispatch }: EditorProps) {
  const { field, draft } = editing;
  const { t } = useWords();
  const text = draftText(field, draft);
  const wrong = isWrong(field, draft);
  const put = (next: string | null): void => {
    if (next !== null) dispatch({ type: 'draft', draft: next });
  };
  useDigitKeys({
    onCharacter: (character) => put(draftWith(field, draft, character)),
    onDelete: () => put(draftWithout(draft)),
    onEnter: () => text !== null && dispatch({ type: 'save', text }),
  });
  return (
    <EditorFrame
      editing={editing}
      dispatch={dispatch}
      text={text}
      note={digitNote(field, draft, wrong, t)}
      wrong={wrong}
      figure={
        <Keypad
          fits={(character) => draftWith(field, draft, character) !== null}
          onKey={(character) => put(draftWith(field, draft, character))}
          onDelete={() => put(draftWithout(draft))}
          onClear={() => put('')}
          {...(field === 'validTo' ? { extra: { label: t('confirm.longTerm'), onPress: () => put('long-term') } } : {})}
        />
      }
    >
      <Typed field={field} draft={draft} wrong={wrong} />
    </EditorFrame>
  );
}

function digitNote(field: IdCardField, draft: string, wrong: boolean, t: ReturnType<typeof useWords>['t']): string {
  if (field !== 'number') return t(wrong ? 'confirm.dateWrong' : 'confirm.dateLead');
  const { problem, valid } = lookAtNumber(draft, '9999-12-31');
  if (problem) return t(`entry.problem.${problem}`);
  return t(valid ? 'entry.right' : 'confirm.numberLead');
}

function Typed({
  field,
  draft,
  wrong,
}: {
  readonly field: IdCardField;
  readonly draft: string;
  readonly wrong: boolean;
}) {
  const { t } = useWords();
  if (draft === 'long-term') return <p className="entry-number">{t('confirm.longTerm')}</p>;
  if (field !== 'number') {
    return (
      <DigitGroups
        groups={[draft.slice(0, 4), draft.slice(4, 6), draft.slice(6)]}
        sizes={[4, 2, 2]}
        wrong={wrong}
        spoken={`${t(`confirm.fields.${field}`)}，${t('confirm.typedDate', { count: draft.length })}`}
      />
    );
  }
  const { groups, length, text } = lookAtNumber(draft, '9999-12-31');
  return (
    <DigitGroups
      groups={groups}
      sizes={length === 15 ? [3, 4, 6, 2] : [6, 8, 4]}
      wrong={wrong}
      spoken={`${t('entry.number')}，${t('entry.typed', { count: text.length, length })}`}
    />
  );
}

function TextEditor({ editing, dispatch }: EditorProps) {
  const { field, draft } = editing;
  const { t } = useWords();
  const [composing, setComposing] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => input.current?.focus(), []);
  // What an input method is still putting together is not a text yet.
  const text = composing ? null : draftText(field, draft);
  const wrong = !composing && isWrong(field, draft);
  return (
    <EditorFrame
      editing={editing}
      dispatch={dispatch}
      text={text}
      note={t(wrong ? 'entry.problem.name' : 'confirm.textLead')}
      wrong={wrong}
      figure={null}
    >
      <textarea
        ref={input}
        className="entry-name confirm-text"
        rows={field === 'address' ? 3 : 1}
        aria-label={t(`confirm.fields.${field}`)}
        aria-invalid={wrong || undefined}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="done"
        maxLength={120}
        value={draft}
        onChange={(event) => dispatch({ type: 'draft', draft: event.target.value.replace(/\s*\n\s*/g, '') })}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (text !== null) dispatch({ type: 'save', text });
        }}
      />
    </EditorFrame>
  );
}

interface DigitKeys {
  readonly onCharacter: (character: string) => void;
  readonly onDelete: () => void;
  readonly onEnter: () => void;
}

/** A keyboard works like the keys on the screen. */
function useDigitKeys(keys: DigitKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const onButton = event.target instanceof Element && event.target.closest('button') !== null;
    if (/^[0-9a-zA-Z]$/.test(event.key)) keys.onCharacter(event.key.toUpperCase());
    else if (event.key === 'Backspace') keys.onDelete();
    else if (event.key === 'Enter' && !onButton) keys.onEnter();
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
