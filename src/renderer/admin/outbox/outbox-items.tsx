import { useState, type ReactNode } from 'react';
import { reasonText } from '../../../shared/reason-texts.ts';
import { CONFIRMATION_CHECKS } from '../../../shared/domain/scene.ts';
import type { OutboxItemView, OutboxView, ResolveOutboxItem } from '../../../shared/ipc/admin-outbox.ts';
import { useAction } from '../answers.ts';
import { dayAndTime } from '../formats.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { ChangeableBy } from '../parts/read-only.tsx';
import type { Tone } from '../parts/tone.ts';
import { useWords } from '../words.tsx';

const COLUMNS = ['id', 'what', 'state', 'since', 'tries', 'reason', 'action'] as const;

function toneOf(state: OutboxItemView['state']): Tone {
  if (state === 'stopped') return 'bad';
  if (state === 'unknown') return 'warning';
  return state === 'decided' || state === 'acked' || state === 'erased' ? 'good' : 'waiting';
}

/** The harmless answer has the focus, so that Enter twice gives nothing up. */
function takeFocus(button: HTMLButtonElement | null): void {
  button?.focus();
}

/** Both actions of a row that needs somebody; what can't be taken back asks once more. */
function Resolve(props: {
  readonly item: OutboxItemView;
  readonly running: boolean;
  readonly onResolve: (resolve: ResolveOutboxItem) => void;
}): ReactNode {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const { lane, certifyId, state } = props.item;
  if (state !== 'stopped' && state !== 'unknown') return '—';
  if (asking) {
    return (
      <div className="outbox-sure" role="group" aria-label={t('outbox.giveUp')}>
        <span>{t('outbox.sure')}</span>
        <button
          type="button"
          className="button button-danger"
          disabled={props.running}
          onClick={() => props.onResolve({ lane, certifyId, action: 'give-up' })}
        >
          {t('outbox.sureYes')}
        </button>
        <button type="button" className="button" ref={takeFocus} onClick={() => setAsking(false)}>
          {t('outbox.sureNo')}
        </button>
      </div>
    );
  }
  return (
    <div className="outbox-actions">
      <button
        type="button"
        className="button"
        disabled={props.running}
        onClick={() => props.onResolve({ lane, certifyId, action: 'retry' })}
      >
        {t('outbox.retry')}
      </button>
      <button type="button" className="button" disabled={props.running} onClick={() => setAsking(true)}>
        {t('outbox.giveUp')}
      </button>
    </div>
  );
}

function ItemRow(props: {
  readonly item: OutboxItemView;
  readonly running: boolean;
  readonly onResolve: (resolve: ResolveOutboxItem) => void;
}): ReactNode {
  const { t, language } = useWords();
  const { item } = props;
  const named = CONFIRMATION_CHECKS.find((check) => check === item.check);
  const what = item.lane === 'records' ? t('outbox.record') : named ? t(`outbox.check.${named}`) : (item.check ?? '—');
  const reason = item.lastFailure === null ? '—' : reasonText(item.lastFailure.code, language, 'clerk');
  return (
    <tr>
      <th scope="row" className="code" title={item.certifyId}>
        {item.certifyId.slice(-8)}
      </th>
      <td className="outbox-reason">{what}</td>
      <td>
        <Mark tone={toneOf(item.state)}>{t(`outbox.itemState.${item.state}`)}</Mark>
      </td>
      <td className="code">{dayAndTime(item.queuedAtMs)}</td>
      <td className="number">{item.attempts}</td>
      <td className="outbox-reason" title={item.lastFailure?.detail ?? ''}>
        {reason}
      </td>
      <td>
        <ChangeableBy right="maintain">
          <Resolve item={item} running={props.running} onResolve={props.onResolve} />
        </ChangeableBy>
      </td>
    </tr>
  );
}

/** The rows that need somebody, then the next to be sent. */
export function OutboxItems(props: {
  readonly view: OutboxView;
  readonly onChanged: (view: OutboxView) => void;
}): ReactNode {
  const { t } = useWords();
  const { items } = props.view;
  const { phase, run } = useAction('admin:outbox-resolve');
  const resolve = async (request: ResolveOutboxItem): Promise<void> => {
    const answer = await run(request);
    if (answer.ok) props.onChanged(answer.value);
  };
  return (
    <Section title={t('outbox.items')}>
      {items.some(({ state }) => state === 'unknown') ? (
        <Notice kind="warning">{t('outbox.unknownNote')}</Notice>
      ) : null}
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
      {items.length === 0 ? (
        <p className="muted">{t('outbox.itemsNone')}</p>
      ) : (
        <table className="outbox-items">
          <caption className="visually-hidden">{t('outbox.items')}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className={`column-${column}`}>
                  {t(`outbox.itemColumns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <ItemRow
                key={`${item.lane} ${item.certifyId} ${item.state}`}
                item={item}
                running={phase.state === 'running'}
                onResolve={(request) => void resolve(request)}
              />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
