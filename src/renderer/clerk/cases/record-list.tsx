import { useEffect, useState, type ReactNode } from 'react';
import { isReasonCode, VERDICT_STATES, type VerdictState } from '../../../shared/reasons.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { Field, SelectInput } from '../../ui/field.tsx';
import { Empty, Loading } from '../../ui/section.tsx';
import { useAnswer, usePolling } from '../answers.ts';
import { dayAndTime } from '../formats.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { useWords } from '../words.tsx';
import { ListRow } from './list-row.tsx';
import { PAGE_ROWS, Pager } from './pager.tsx';
import type { ListProps } from './queue-list.tsx';
import { useListKeys } from './use-list-keys.ts';

const LOOK_EVERY_MS = 5_000;

/** The latest records, whatever came of them: for receipts, and for going over a result. */
export function RecordList({ chosen, onChoose, round }: ListProps): ReactNode {
  const { t, language } = useWords();
  const [state, setState] = useState<VerdictState | null>(null);
  const [offset, setOffset] = useState(0);
  const { value, failure, reload } = useAnswer('clerk:records', { offset, limit: PAGE_ROWS, state });
  usePolling(reload, LOOK_EVERY_MS);
  useEffect(reload, [reload, round]);
  const rows = value?.rows ?? [];
  useListKeys(
    rows.map(({ certifyId }) => certifyId),
    chosen,
    onChoose,
  );
  const options: Readonly<Record<string, string>> = {
    '': t('records.all'),
    ...Object.fromEntries(VERDICT_STATES.map((one) => [one, t(`verdict.${one}`)])),
  };
  if (value === null) {
    return failure === null ? (
      <Loading>{t('app.loading')}</Loading>
    ) : (
      <FailureNote failure={failure} onRetry={reload} />
    );
  }
  return (
    <>
      {failure === null ? null : <FailureNote failure={failure} onRetry={reload} />}
      <div className="filters">
        <Field label={t('records.state')}>
          {(control) => (
            <SelectInput
              control={control}
              value={state ?? ''}
              options={options}
              onChoose={(chosenState) => {
                setState(VERDICT_STATES.find((one) => one === chosenState) ?? null);
                setOffset(0);
              }}
            />
          )}
        </Field>
      </div>
      {rows.length === 0 ? <Empty>{t(state === null ? 'records.empty' : 'records.noMatch')}</Empty> : null}
      <ol className="case-list" aria-label={t('records.title')}>
        {rows.map((row) => (
          <ListRow
            key={row.certifyId}
            certifyId={row.certifyId}
            nameMasked={row.nameMasked}
            numberMasked={row.numberMasked}
            simulated={row.simulated}
            state={row.state}
            byStaff={row.settledBy === 'staff'}
            isChosen={row.certifyId === chosen}
            why={isReasonCode(row.reason) ? reasonText(row.reason, language, 'clerk') : row.reason}
            when={dayAndTime(row.startedAtMs)}
            onChoose={onChoose}
          />
        ))}
      </ol>
      <Pager offset={offset} total={value.total} onMove={setOffset} />
    </>
  );
}
