import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  EVERY_RECORD,
  RECORD_FLAGS,
  type RecordFilter,
  type RecordFlag,
  type RecordOrder,
} from '../../../shared/domain/record-search.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { REASON_CODES, stateOf, VERDICT_STATES, type ReasonCode } from '../../../shared/reasons.ts';
import { useAnswer } from '../answers.ts';
import { Segments } from '../parts/choice.tsx';
import { useWords } from '../words.tsx';
import { MomentField } from '../parts/moment-field.tsx';

interface FilterProps {
  readonly filter: RecordFilter;
  readonly onFilter: (filter: RecordFilter) => void;
}

interface PlainSelectProps {
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly onChoose: (value: string | null) => void;
}

/** One of a list, or all of it. */
function PlainSelect({ label, value, options, onChoose }: PlainSelectProps): ReactNode {
  const { t } = useWords();
  const isKnown = value === null || options.some(([one]) => one === value);
  return (
    <label className="filter-field">
      <span>{label}</span>
      <select
        className="input"
        value={value ?? ''}
        onChange={({ target }) => onChoose(target.value === '' ? null : target.value)}
      >
        <option value="">{t('recordSearch.any')}</option>
        {isKnown ? null : <option value={value}>{value}</option>}
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Flag({ flag, filter, onFilter }: FilterProps & { readonly flag: RecordFlag }): ReactNode {
  const { t } = useWords();
  const value = filter[flag];
  return (
    <PlainSelect
      label={t(`recordSearch.flag.${flag}`)}
      value={value === null ? null : value ? 'yes' : 'no'}
      options={[
        ['yes', t('recordSearch.yes')],
        ['no', t('recordSearch.no')],
      ]}
      onChoose={(chosen) => onFilter({ ...filter, [flag]: chosen === null ? null : chosen === 'yes' })}
    />
  );
}

function TimeField({ end, filter, onFilter }: FilterProps & { readonly end: 'fromMs' | 'toMs' }): ReactNode {
  const { t } = useWords();
  const other = end === 'fromMs' ? filter.toMs : filter.fromMs;
  return (
    <MomentField
      label={t(`recordSearch.${end}`)}
      end={end === 'fromMs' ? 'from' : 'to'}
      ms={filter[end]}
      onMs={(ms) => {
        const isTurned = ms !== null && other !== null && (end === 'fromMs' ? ms >= other : ms <= other);
        // The end that was typed last counts; one that lies on the wrong side of it goes.
        onFilter({ ...filter, ...(isTurned && { fromMs: null, toMs: null }), [end]: ms });
      }}
    />
  );
}

/** Everything but the verdict, which stands outside. */
function MoreFilters({ filter, onFilter }: FilterProps): ReactNode {
  const { t, language } = useWords();
  const book = useAnswer('admin:scenes', null).value;
  const scenes = book?.scenes.map(({ scene }) => [scene.id, scene.name] as const) ?? [];
  const schemes = [...new Set(book?.scenes.map(({ scene }) => scene.scheme) ?? [])].map((id) => [id, id] as const);
  const reasons = REASON_CODES.filter((code) => filter.state === null || stateOf(code) === filter.state);
  return (
    <div className="filter-grid">
      <TimeField end="fromMs" filter={filter} onFilter={onFilter} />
      <TimeField end="toMs" filter={filter} onFilter={onFilter} />
      <PlainSelect
        label={t('recordSearch.scene')}
        value={filter.sceneId}
        options={scenes}
        onChoose={(sceneId) => onFilter({ ...filter, sceneId })}
      />
      <PlainSelect
        label={t('recordSearch.scheme')}
        value={filter.scheme}
        options={schemes}
        onChoose={(scheme) => onFilter({ ...filter, scheme })}
      />
      <PlainSelect
        label={t('recordSearch.reason')}
        value={filter.reason}
        options={reasons.map((code) => [code, reasonText(code, language, 'clerk')] as const)}
        onChoose={(reason) => onFilter({ ...filter, reason: reason as ReasonCode | null })}
      />
      {RECORD_FLAGS.map((flag) => (
        <Flag key={flag} flag={flag} filter={filter} onFilter={onFilter} />
      ))}
    </div>
  );
}

/** How many conditions there are beside the verdict and the search. */
function otherConditions({ search: _search, state: _state, ...others }: RecordFilter): number {
  return Object.values(others).filter((value) => value !== null).length;
}

/** Which records are shown, in which order. */
export function FilterBar(
  props: FilterProps & {
    readonly order: RecordOrder;
    readonly onOrder: (order: RecordOrder) => void;
    /** Times are bounded for who asks; only today's are shown. */
    readonly onlyToday: boolean;
    /** The way to other pages, in the same line. */
    readonly children: ReactNode;
  },
): ReactNode {
  const { t } = useWords();
  const { filter, onFilter } = props;
  const conditions = otherConditions(filter);
  return (
    <>
      <div className="bar record-bar">
        <Segments
          legend={t('records.filter')}
          value={filter.state ?? 'all'}
          onChoose={(state) => onFilter({ ...filter, state: state === 'all' ? null : state, reason: null })}
          options={(['all', ...VERDICT_STATES] as const).map((one) => ({
            value: one,
            label: one === 'all' ? t('records.all') : t(`verdict.${one}`),
          }))}
        />
        <Segments
          legend={t('recordSearch.order')}
          value={props.order}
          onChoose={props.onOrder}
          options={[
            { value: 'newest', label: t('recordSearch.newest') },
            { value: 'oldest', label: t('recordSearch.oldest') },
          ]}
        />
        {props.children}
      </div>
      <details className="advanced filters" open={conditions > 0 ? true : undefined}>
        <summary>
          {t('recordSearch.more')}
          {conditions === 0 ? null : <span className="muted">{t('recordSearch.conditions', { n: conditions })}</span>}
        </summary>
        <MoreFilters filter={filter} onFilter={onFilter} />
        {conditions === 0 ? null : (
          <button
            type="button"
            className="button"
            onClick={() => onFilter({ ...EVERY_RECORD, search: filter.search, state: filter.state })}
          >
            <X aria-hidden="true" size={15} /> {t('recordSearch.reset')}
          </button>
        )}
      </details>
      {props.onlyToday ? <p className="muted filter-note">{t('recordSearch.onlyToday')}</p> : null}
    </>
  );
}
