import type { ReactNode } from 'react';
import type { AuditChoices, AuditFilter } from '../../../shared/ipc/admin-audit.ts';
import { MomentField } from '../parts/moment-field.tsx';
import { useWords } from '../words.tsx';
import { kindText } from './entry-words.ts';

/** Which entries are shown. */
export function AuditFilters(props: {
  readonly filter: AuditFilter;
  readonly choices: AuditChoices;
  readonly onFilter: (filter: AuditFilter) => void;
}): ReactNode {
  const { t } = useWords();
  const { filter, choices, onFilter } = props;
  const select = (name: 'kind' | 'staffId', label: string, options: readonly (readonly [string, string])[]) => (
    <label className="filter-field">
      <span>{label}</span>
      <select
        className="input"
        value={filter[name] ?? ''}
        onChange={({ target }) => onFilter({ ...filter, [name]: target.value === '' ? null : target.value })}
      >
        <option value="">{t('audit.any')}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  const time = (name: 'fromMs' | 'toMs', label: string) => (
    <MomentField
      key={name}
      label={label}
      end={name === 'fromMs' ? 'from' : 'to'}
      ms={filter[name]}
      onMs={(ms) => onFilter(bounded(filter, name, ms))}
    />
  );
  const kinds = choices.kinds.map((kind) => [kind, kindText(kind, t)] as const);
  return (
    <div className="filter-grid">
      {select(
        'kind',
        t('audit.kind'),
        kinds.toSorted(([, a], [, b]) => a.localeCompare(b)),
      )}
      {select(
        'staffId',
        t('audit.person'),
        choices.staff.map(({ staffId, name }) => [staffId, name] as const),
      )}
      {time('fromMs', t('audit.from'))}
      {time('toMs', t('audit.to'))}
    </div>
  );
}

/** The end that was typed last counts; another one on its wrong side goes. */
function bounded(filter: AuditFilter, name: 'fromMs' | 'toMs', ms: number | null): AuditFilter {
  const changed = { ...filter, [name]: ms };
  const { fromMs, toMs } = changed;
  if (fromMs === null || toMs === null || fromMs < toMs) return changed;
  return { ...changed, [name === 'fromMs' ? 'toMs' : 'fromMs']: null };
}
