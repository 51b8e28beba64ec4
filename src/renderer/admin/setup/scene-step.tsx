import { useState, type ReactNode } from 'react';
import { sceneSchema, type Scene } from '../../../shared/domain/scene.ts';
import type { SceneBook, SceneEntry } from '../../../shared/ipc/admin-schemes.ts';
import { useAction, useAnswer } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import type { Problem } from '../form-problem.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { RadioList } from '../parts/choice.tsx';
import { Mark } from '../parts/mark.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Loaded } from '../parts/page.tsx';
import { OfflineChoice, RetentionField, SceneNameField } from '../scene/basic-fields.tsx';
import { useFindings } from '../scene/use-findings.ts';
import { ServedMark } from '../schemes/served-mark.tsx';
import { useWords } from '../words.tsx';
import { SCENE_STARTS, sceneFrom, type SceneStart } from './scene-starts.ts';
import { StepFrame, type StepProps } from './step-frame.tsx';

const AS_IT_IS = 'current';
type Start = SceneStart | typeof AS_IT_IS;

interface SceneStepDraft {
  readonly start: Start;
  readonly name: string;
  readonly offlinePolicy: Scene['offlinePolicy'];
  readonly retentionDays: string;
}

interface Parsed {
  readonly scene: Scene | null;
  readonly nameProblem: Problem | undefined;
  readonly daysProblem: Problem | undefined;
}

function parse(draft: SceneStepDraft, current: Scene): Parsed {
  const { shape } = sceneSchema;
  const days = /^\d{1,4}$/.test(draft.retentionDays.trim()) ? Number(draft.retentionDays) : Number.NaN;
  const nameIsFine = shape.name.safeParse(draft.name.trim()).success;
  const daysAreFine = shape.retentionDays.safeParse(days).success;
  const base = draft.start === AS_IT_IS ? current : sceneFrom(draft.start, current);
  const { offlinePolicy } = draft;
  const made = { ...base, name: draft.name.trim(), offlinePolicy, retentionDays: days };
  return {
    scene: nameIsFine && daysAreFine ? made : null,
    nameProblem: nameIsFine ? undefined : { key: 'scene.problem.name' },
    daysProblem: daysAreFine ? undefined : { key: 'scene.problem.retentionDays' },
  };
}

function useSceneStep(entry: SceneEntry, onBook: (book: SceneBook) => void) {
  const current = entry.scene;
  const draft = useDraft<SceneStepDraft>('setup:scene', {
    start: AS_IT_IS,
    name: current.name,
    offlinePolicy: current.offlinePolicy,
    retentionDays: String(current.retentionDays),
  });
  const [sure, setSure] = useState(false);
  const { phase, run } = useAction('admin:put-scene');
  const result = parse(draft.value, current);
  const findings = useFindings(result.scene);
  const put = async (confirmed: boolean): Promise<void> => {
    if (result.scene === null) return;
    const answer = await run({ scene: result.scene, replaces: current.id, confirmed });
    if (!answer.ok) return;
    setSure(false);
    draft.discard();
    onBook(answer.value);
  };
  const save = (): void => {
    const changesScheme = result.scene !== null && result.scene.scheme !== current.scheme && entry.records > 0;
    if (changesScheme) setSure(true);
    else void put(false);
  };
  return { draft, result, findings, phase, save, put, sure, setSure };
}

function Choose(
  props: StepProps & { readonly book: SceneBook; readonly entry: SceneEntry; readonly onBook: (b: SceneBook) => void },
): ReactNode {
  const { t } = useWords();
  const { book, entry, onBook } = props;
  const current = entry.scene;
  const { draft, result, findings, phase, save, put, sure, setSure } = useSceneStep(entry, onBook);
  const scheme =
    result.scene === null ? undefined : book.schemes.find((each) => each.scheme.id === result.scene?.scheme);
  const problems = findings.checked.problems ?? [];
  return (
    <StepFrame {...props} step="scene" ready={!draft.changed}>
      <div className="columns">
        <div>
          <RadioList<Start>
            legend={t('setup.scene.legend')}
            value={draft.value.start}
            onChoose={(start) => draft.edit({ start })}
            options={[
              {
                value: AS_IT_IS,
                label: t('setup.scene.current'),
                note: t('setup.scene.currentNote', { name: current.name, scheme: current.scheme }),
              },
              ...SCENE_STARTS.map((one) => ({
                value: one,
                label: t(`setup.scene.start.${one}`),
                note: t(`setup.scene.startNote.${one}`),
              })),
            ]}
          />
          {scheme === undefined ? null : <ServedMark entry={scheme} />}
        </div>
        <div>
          <SceneNameField
            value={draft.value.name}
            problem={result.nameProblem}
            onEdit={(name) => draft.edit({ name })}
          />
          <OfflineChoice
            value={draft.value.offlinePolicy}
            onChoose={(offlinePolicy) => draft.edit({ offlinePolicy })}
          />
          <RetentionField
            value={draft.value.retentionDays}
            problem={result.daysProblem}
            onEdit={(retentionDays) => draft.edit({ retentionDays })}
          />
          {findings.words.map((sentence) => (
            <Notice key={sentence} kind="warning">
              {sentence}
            </Notice>
          ))}
          {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
          <div className="setup-result" role="status">
            {draft.changed ? (
              <button
                type="button"
                className="button button-primary"
                disabled={result.scene === null || problems.length > 0 || phase.state === 'running'}
                onClick={save}
              >
                {t('setup.scene.save')}
              </button>
            ) : (
              <Mark tone="good">{t('setup.scene.saved', { name: current.name })}</Mark>
            )}
          </div>
        </div>
      </div>
      {sure ? (
        <ConfirmDialog
          title={t('setup.scene.changes', { n: entry.records })}
          yes={t('setup.scene.save')}
          phase={phase}
          onNo={() => setSure(false)}
          onYes={() => void put(true)}
        >
          {t('setup.scene.changesNote')}
        </ConfirmDialog>
      ) : null}
    </StepFrame>
  );
}

/** What is asked of whoever walks up. */
export function SceneStep(props: StepProps): ReactNode {
  const book = useAnswer('admin:scenes', null);
  return (
    <Loaded answer={book}>
      {(value) => {
        const entry = value.scenes.find(({ walkUp }) => walkUp) ?? value.scenes[0];
        return entry === undefined ? null : <Choose {...props} book={value} entry={entry} onBook={book.replace} />;
      }}
    </Loaded>
  );
}
