import type { ReactNode } from 'react';
import type { FileTaskState } from '../../../shared/ipc/file-task.ts';
import { Progress } from '../../ui/progress.tsx';
import { count } from '../formats.ts';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { useWords } from '../words.tsx';

/** How far a file is that is being written, and how it ended; nothing before the first one. */
export function FileTaskNote(props: { readonly task: FileTaskState | null; readonly onCancel: () => void }): ReactNode {
  const { t, language } = useWords();
  const { task, onCancel } = props;
  switch (task?.state) {
    case 'running': {
      const share = task.of === 0 ? null : task.done / task.of;
      return (
        <div className="file-task">
          <Progress label={t('fileTask.label')} done={share}>
            {t('fileTask.running', {
              file: task.file,
              rows: count(task.rows, language),
              percent: Math.floor((share ?? 0) * 100),
            })}
          </Progress>
          <button type="button" className="button" onClick={onCancel}>
            {t('action.cancel')}
          </button>
        </div>
      );
    }
    case 'written':
      return (
        <Notice kind="info">
          {t('fileTask.written', { file: task.file, n: task.rows, rows: count(task.rows, language) })}
        </Notice>
      );
    case 'cancelled':
      return <Notice kind="info">{t('fileTask.cancelled', { file: task.file })}</Notice>;
    case 'failed':
      return (
        <>
          <FailureNote failure={task.failure} />
          <Notice kind="info">{t('fileTask.cancelled', { file: task.file })}</Notice>
        </>
      );
    default:
      return null;
  }
}
