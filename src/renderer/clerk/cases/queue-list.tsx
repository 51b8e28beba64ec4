import { useEffect, useState, type ReactNode } from 'react';
import { isReasonCode, type ReasonCode } from '../../../shared/reasons.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import type { ReviewQueue } from '../../../shared/ipc/clerk.ts';
import { Empty, Loading } from '../../ui/section.tsx';
import { SelectInput, Field } from '../../ui/field.tsx';
import { useAnswer, usePolling } from '../answers.ts';
import { waitingTime } from '../formats.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { useNow } from '../use-now.ts';
import { useWords } from '../words.tsx';
import { ListRow } from './list-row.tsx';
import { PAGE_ROWS, Pager } from './pager.tsx';
import { useListKeys } from './use-list-keys.ts';

const LOOK_EVERY_MS = 4_000;

export interface ListProps {
  readonly chosen: string | null;
  readonly onChoose: (certifyId: string) => void;
  /** Goes up when something was decided. */
  readonly round: number;
}

function Filters(props: {
  readonly queue: ReviewQueue;
  readonly sceneId: string | null;
  readonly reason: ReasonCode | null;
  readonly onScene: (sceneId: string | null) => void;
  readonly onReason: (reason: ReasonCode | null) => void;
}): ReactNode {
  const { t, language } = useWords();
  const { scenes, reasons } = props.queue;
  const all = scenes.reduce((sum, { count }) => sum + count, 0);
  const options = (each: readonly (readonly [string, string, number])[]): Readonly<Record<string, string>> => ({
    '': t('queue.all', { n: all }),
    ...Object.fromEntries(each.map(([id, name, n]) => [id, t('queue.option', { name, n })])),
  });
  return (
    <div className="filters">
      <Field label={t('queue.scene')}>
        {(control) => (
          <SelectInput
            control={control}
            value={props.sceneId ?? ''}
            options={options(scenes.map(({ sceneId, count }) => [sceneId, sceneId, count]))}
            onChoose={(value) => props.onScene(value === '' ? null : value)}
          />
        )}
      </Field>
      <Field label={t('queue.reason')}>
        {(control) => (
          <SelectInput
            control={control}
            value={props.reason ?? ''}
            options={options(
              reasons.map(({ reason, count }) => [reason, reasonText(reason, language, 'clerk'), count]),
            )}
            onChoose={(value) => props.onReason(isReasonCode(value) ? value : null)}
          />
        )}
      </Field>
    </div>
  );
}

/** What waits for a decision, the longest wait first. */
export function QueueList({ chosen, onChoose, round }: ListProps): ReactNode {
  const { t, language } = useWords();
  const now = useNow();
  const [sceneId, setScene] = useState<string | null>(null);
  const [reason, setReason] = useState<ReasonCode | null>(null);
  const [offset, setOffset] = useState(0);
  const { value, failure, reload } = useAnswer('clerk:queue', { sceneId, reason, offset, limit: PAGE_ROWS });
  usePolling(reload, LOOK_EVERY_MS);
  useEffect(reload, [reload, round]);
  const rows = value?.rows ?? [];
  useListKeys(
    rows.map(({ certifyId }) => certifyId),
    chosen,
    onChoose,
  );
  if (value === null) {
    return failure === null ? (
      <Loading>{t('app.loading')}</Loading>
    ) : (
      <FailureNote failure={failure} onRetry={reload} />
    );
  }
  const filtered = sceneId !== null || reason !== null;
  return (
    <>
      {failure === null ? null : <FailureNote failure={failure} onRetry={reload} />}
      {value.scenes.length === 0 && !filtered ? null : (
        <Filters
          queue={value}
          sceneId={sceneId}
          reason={reason}
          onScene={(id) => {
            setScene(id);
            setOffset(0);
          }}
          onReason={(code) => {
            setReason(code);
            setOffset(0);
          }}
        />
      )}
      {rows.length === 0 ? <Empty>{t(filtered ? 'queue.noMatch' : 'queue.empty')}</Empty> : null}
      <ol className="case-list" aria-label={t('queue.title')}>
        {rows.map((row) => (
          <ListRow
            key={row.certifyId}
            {...row}
            isChosen={row.certifyId === chosen}
            why={reasonText(row.reason, language, 'clerk')}
            when={t('queue.waits', { time: waitingTime(now - row.waitingSinceMs, t) })}
            onChoose={onChoose}
          />
        ))}
      </ol>
      <Pager offset={offset} total={value.total} onMove={setOffset} />
    </>
  );
}
