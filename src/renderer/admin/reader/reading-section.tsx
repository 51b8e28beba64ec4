import { useState, type ReactNode } from 'react';
import { useAction, type Answer } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { CheckRow } from '../parts/choice.tsx';
import { Mark } from '../parts/mark.tsx';
import { focusFirstProblem } from '../parts/focus-problem.ts';
import { FailureNote } from '../parts/notice.tsx';
import { Loaded, Section } from '../parts/page.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { useParsedForm } from '../use-parsed-form.ts';
import { useWords } from '../words.tsx';
import { LibraryFields, type ReadingProps } from './library-fields.tsx';
import { parseDecoding, parseReading, readingDraft, type ReadingField, type ReadingSettings } from './reading-form.ts';

/** Has the library in the form decode a block, saved or not. */
function TryDecoder(
  props: ReadingProps & { readonly onProblems: (problems: Problems<ReadingField>) => void },
): ReactNode {
  const { t } = useWords();
  const { phase, run } = useAction('admin:try-photo-decoder');
  const [tried, setTried] = useState<{ readonly name: string; readonly tookMs: number } | null>(null);
  const start = async (form: HTMLFormElement | null): Promise<void> => {
    const decoding = parseDecoding(props.draft.value);
    props.onProblems(decoding.ok ? {} : decoding.problems);
    if (!decoding.ok) {
      if (form !== null) focusFirstProblem(form);
      return;
    }
    const result = await run({ decoding: decoding.value });
    setTried(result.ok ? result.value : null);
  };
  const off = !props.draft.value.decode;
  return (
    <div className="try-decoder">
      <button
        type="button"
        className="button"
        disabled={off || phase.state === 'running'}
        onClick={({ currentTarget }) => void start(currentTarget.form)}
      >
        {t('reader.reading.tryIt')}
      </button>
      <span className="muted">{off ? t('reader.reading.tryOff') : t('reader.reading.tryNote')}</span>
      <div className="try-outcome" role="status">
        {phase.state === 'running' ? <Mark tone="waiting">{t('reader.reading.trying')}</Mark> : null}
        {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
        {phase.state === 'done' && tried !== null ? (
          <Mark tone="good">{t('reader.reading.tried', { name: tried.name, n: tried.tookMs })}</Mark>
        ) : null}
      </div>
    </div>
  );
}

function ReadingForm(props: {
  readonly saved: ReadingSettings;
  readonly onSaved: (settings: ReadingSettings) => void;
}): ReactNode {
  const { t } = useWords();
  const draft = useDraft('reader:reading', readingDraft(props.saved));
  const { problems, setProblems, form } = useParsedForm({
    draft,
    parse: parseReading,
    action: useAction('admin:save-card-reading'),
    onSaved: props.onSaved,
  });
  const { appendedAddress, fingerprint, decode } = draft.value;
  const check = (field: 'appendedAddress' | 'fingerprint' | 'decode', checked: boolean): ReactNode => (
    <CheckRow
      label={t(`reader.reading.${field}`)}
      note={t(`reader.reading.${field}Note`)}
      checked={checked}
      onToggle={(on) => draft.edit({ [field]: on })}
    />
  );
  return (
    <SettingsForm {...form}>
      <div>
        <div className="reading-group">
          <h3>{t('reader.reading.text')}</h3>
          {check('appendedAddress', appendedAddress)}
          {check('fingerprint', fingerprint)}
        </div>
        <div className="reading-group">
          <h3>{t('reader.reading.photo')}</h3>
          {check('decode', decode)}
          {decode ? <LibraryFields draft={draft} problems={problems} /> : null}
          <TryDecoder draft={draft} problems={problems} onProblems={setProblems} />
        </div>
      </div>
    </SettingsForm>
  );
}

/** What is read from a card beside its text, and how its photo is decoded. */
export function ReadingSection(props: { readonly answer: Answer<ReadingSettings> }): ReactNode {
  const { t } = useWords();
  return (
    <Section title={t('reader.reading.title')}>
      <Loaded answer={props.answer}>{(value) => <ReadingForm saved={value} onSaved={props.answer.replace} />}</Loaded>
    </Section>
  );
}
