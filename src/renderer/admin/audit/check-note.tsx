import type { ReactNode } from 'react';
import { AUDIT_FAULTS } from '../../../shared/domain/audit-faults.ts';
import type { AuditCheckState } from '../../../shared/ipc/admin-audit.ts';
import { FailureNotice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { count, dateTime } from '../formats.ts';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { useWords } from '../words.tsx';

/** How far the check of the chain is, or what the last one came to. */
export function CheckNote(props: { readonly state: AuditCheckState | null; readonly onCancel: () => void }): ReactNode {
  const { t, language } = useWords();
  const { state } = props;
  switch (state?.state) {
    case 'running':
      return (
        <div className="file-task">
          <Progress label={t('audit.verifying')} done={state.of === 0 ? null : state.checked / state.of}>
            {t('audit.check.running', { checked: count(state.checked, language), of: count(state.of, language) })}
          </Progress>
          <button type="button" className="button" onClick={props.onCancel}>
            {t('action.cancel')}
          </button>
        </div>
      );
    case 'checked': {
      const { outcome, reason } = state;
      const time = dateTime(state.atMs);
      if (outcome.ok) {
        return (
          <Notice kind="info">{t('audit.check.holds', { entries: count(outcome.entries, language), time })}</Notice>
        );
      }
      const n = outcome.firstBadEntry;
      const fault = AUDIT_FAULTS.find((one) => one === reason);
      const why = fault === undefined ? (reason ?? '—') : t(`audit.fault.${fault}`);
      return (
        <FailureNotice
          what={
            n === null
              ? t('audit.check.beside', { reason: why, time })
              : t('audit.check.broken', { n: count(n, language), reason: why, time })
          }
          next={t('audit.check.badNext')}
          detail={reason ?? '—'}
        />
      );
    }
    case 'failed':
      return <FailureNote failure={state.failure} />;
    case 'cancelled':
    case 'never':
      return <p className="muted filter-note">{t(`audit.check.${state.state}`)}</p>;
    default:
      return null;
  }
}
