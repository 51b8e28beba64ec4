import { useEffect, type ReactNode } from 'react';
import type { SettingChange } from '../../../shared/changed-meanwhile.ts';
import { timeOfDay } from '../formats.ts';
import { useRevisionScope } from '../revision-scope.ts';
import { useWords } from '../words.tsx';
import { Segments } from './choice.tsx';
import { Notice } from './notice.tsx';

/**
 * Somebody else was faster: who and when, both versions in the same form, and the decision. Nothing that was typed is
 * lost until somebody says so.
 */
export function ChangedMeanwhileNote(props: {
  readonly change: SettingChange;
  readonly onKeep: () => void;
  readonly onTake: () => void;
}): ReactNode {
  const { t } = useWords();
  const { reload, side, show, release } = useRevisionScope();
  const { by, atMs } = props.change;
  useEffect(reload, [reload]);
  return (
    <div role="alert">
      <Notice kind="warning">
        <strong>
          {t('changedMeanwhile.title', {
            who: by ?? t('changedMeanwhile.somebody'),
            time: atMs === null ? '—' : timeOfDay(atMs),
          })}
        </strong>
        <p>{t('changedMeanwhile.kept')}</p>
        <div className="buttons">
          <Segments
            legend={t('changedMeanwhile.legend')}
            options={[
              { value: 'mine', label: t('changedMeanwhile.mine') },
              { value: 'theirs', label: t('changedMeanwhile.theirs') },
            ]}
            value={side}
            onChoose={show}
          />
          <button
            type="button"
            className="button"
            onClick={() => {
              show('mine');
              release();
              props.onKeep();
            }}
          >
            {t('changedMeanwhile.keep')}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              show('mine');
              release();
              props.onTake();
            }}
          >
            {t('changedMeanwhile.take')}
          </button>
        </div>
      </Notice>
    </div>
  );
}
