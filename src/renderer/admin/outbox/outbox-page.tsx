import type { ReactNode } from 'react';
import type { DecisionLoad } from '../../../shared/domain/review.ts';
import type { OutboxLaneView, OutboxView } from '../../../shared/ipc/admin-outbox.ts';
import { useAction, useAnswer, usePolling } from '../answers.ts';
import { useEnvironment } from '../environment.ts';
import { count, dateTime, dayAndTime, measured, timeOfDay } from '../formats.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Facts, Loaded, Page, Section } from '../parts/page.tsx';
import { ChangeableBy } from '../parts/read-only.tsx';
import { useWords } from '../words.tsx';
import { capUse, hours, isClockOff, sendingState, size } from './outbox-figures.ts';
import { OutboxItems } from './outbox-items.tsx';

const REFRESH_EVERY_MS = 3_000;
/** From here on a cap is shown as near. */
const NEAR = 0.8;

interface ViewProps {
  readonly view: OutboxView;
}

function Buttons(props: ViewProps & { readonly onChanged: (view: OutboxView) => void }): ReactNode {
  const { t } = useWords();
  const sending = useAction('admin:outbox-send');
  const pausing = useAction('admin:outbox-pause');
  const { enrolled, paused } = props.view;
  const done = (answer: { ok: true; value: OutboxView } | { ok: false }): void => {
    if (answer.ok) props.onChanged(answer.value);
  };
  const failed = [sending.phase, pausing.phase].find((phase) => phase.state === 'failed');
  return (
    <>
      {failed?.state === 'failed' ? <FailureNote failure={failed.failure} /> : null}
      <div className="save-bar">
        <button
          type="button"
          className="button button-primary"
          disabled={!enrolled || sending.phase.state === 'running'}
          onClick={() => void sending.run(null).then(done)}
        >
          {t('outbox.sendNow')}
        </button>
        <button
          type="button"
          className="button"
          disabled={pausing.phase.state === 'running'}
          onClick={() => void pausing.run({ paused: !paused }).then(done)}
        >
          {t(paused ? 'outbox.resume' : 'outbox.pause')}
        </button>
        <span role="status">
          {sending.phase.state === 'running' ? t('outbox.sendingNow') : null}
          {sending.phase.state === 'done' ? (
            <span className="saved">{t('outbox.sent', { time: timeOfDay(sending.phase.atMs) })}</span>
          ) : null}
        </span>
      </div>
    </>
  );
}

function Sending(props: ViewProps & { readonly onChanged: (view: OutboxView) => void }): ReactNode {
  const { t } = useWords();
  const { view } = props;
  const { state, tone } = sendingState(view);
  const { clockOffsetMs } = view;
  const nextTryAtMs = view.breaker.probeAtMs ?? view.nextTryAtMs;
  return (
    <Section title={t('outbox.sending')}>
      <Facts
        facts={[
          { name: t('outbox.state'), value: <Mark tone={tone}>{t(`outbox.${state}`)}</Mark> },
          {
            name: t('outbox.lastSync'),
            value: view.lastSyncAtMs === null ? t('outbox.never') : dateTime(view.lastSyncAtMs),
          },
          { name: t('outbox.nextTry'), value: nextTryAtMs === null ? '—' : timeOfDay(nextTryAtMs) },
          {
            name: t('outbox.clock'),
            value:
              clockOffsetMs === null
                ? t('outbox.clockUnknown')
                : t(clockOffsetMs < 0 ? 'outbox.clockAhead' : 'outbox.clockBehind', {
                    n: measured(Math.abs(clockOffsetMs) / 1_000, 1),
                  }),
          },
        ]}
      />
      {isClockOff(view) ? <Notice kind="warning">{t('outbox.clockWarning')}</Notice> : null}
      {view.lastFailure === null ? null : <FailureNote failure={view.lastFailure} />}
      <ChangeableBy right="maintain">
        <Buttons view={view} onChanged={props.onChanged} />
      </ChangeableBy>
    </Section>
  );
}

function LaneRow(props: { readonly lane: OutboxLaneView | ReturnType<typeof decisionLane> }): ReactNode {
  const { t, language } = useWords();
  const { lane } = props;
  return (
    <tr>
      <th scope="row">{t(`outbox.lane.${lane.lane}`)}</th>
      <td className="number">{count(lane.waiting, language)}</td>
      <td className="number">{lane.stopped === 0 ? '0' : <Mark tone="bad">{count(lane.stopped, language)}</Mark>}</td>
      <td className="number">
        {lane.unknown === 0 ? '0' : <Mark tone="warning">{count(lane.unknown, language)}</Mark>}
      </td>
      <td className="number">{size(lane.bytes)}</td>
      <td className="code">{lane.oldestAtMs === null ? t('outbox.none') : dayAndTime(lane.oldestAtMs)}</td>
    </tr>
  );
}

/** Decisions of the staff follow the records that they are about; how they end is never unknown, they are told again. */
function decisionLane(decisions: DecisionLoad): Omit<OutboxLaneView, 'lane'> & { readonly lane: 'decisions' } {
  const { waiting, stopped, bytes, oldestAtMs } = decisions;
  return { lane: 'decisions', waiting, stopped, unknown: 0, bytes, oldestAtMs };
}

const LANE_COLUMNS = ['lane', 'waiting', 'stopped', 'unknown', 'size', 'oldest'] as const;

function Lanes({ view }: ViewProps): ReactNode {
  const { t } = useWords();
  const { decisions } = view;
  const reason = decisions?.lastFailure ?? null;
  return (
    <Section title={t('outbox.lanes')}>
      <table className="outbox-lanes">
        <caption className="visually-hidden">{t('outbox.lanes')}</caption>
        <thead>
          <tr>
            {LANE_COLUMNS.map((column) => (
              <th key={column} scope="col" className={column === 'lane' || column === 'oldest' ? undefined : 'number'}>
                {t(`outbox.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.lanes.map((lane) => (
            <LaneRow key={lane.lane} lane={lane} />
          ))}
          {decisions === null ? null : <LaneRow lane={decisionLane(decisions)} />}
        </tbody>
      </table>
      {decisions === null || decisions.stopped === 0 ? null : (
        <Notice kind="warning">{t('outbox.decisionsStopped')}</Notice>
      )}
      {reason === null || reason.code === view.lastFailure?.code ? null : <FailureNote failure={reason} />}
    </Section>
  );
}

function Caps({ view }: ViewProps): ReactNode {
  const { t, language } = useWords();
  const { clock } = useEnvironment();
  const { caps, refusal } = view;
  const use = capUse(view, clock.wallMs());
  const inHours = (ms: number): string => t('outbox.hours', { n: hours(ms) });
  const rows = [
    ['capCount', use.count, count(use.count.value, language), count(caps.maxCount, language)],
    ['capAge', use.age, inHours(use.age.value), inHours(caps.maxAgeMs)],
    ['capBytes', use.bytes, size(use.bytes.value), size(caps.maxBytes)],
  ] as const;
  return (
    <Section title={t('outbox.caps')}>
      {refusal === null ? null : (
        <>
          <FailureNote failure={refusal} />
          <p className="outbox-full">
            <strong>{t('outbox.full')}</strong>
          </p>
        </>
      )}
      <dl className="outbox-caps">
        {rows.map(([name, { share }, value, limit]) => (
          <div key={name}>
            <dt>{t(`outbox.${name}`)}</dt>
            <dd>
              <meter min={0} max={1} high={NEAR} low={NEAR} optimum={0} value={Math.min(1, share)}>
                {Math.round(share * 100)} %
              </meter>
              <span>{t('outbox.capOf', { value, limit })}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="muted">{t('outbox.capsNote')}</p>
    </Section>
  );
}

/** What waits for the verifier, how the sending goes, and what needs somebody. */
export function OutboxPage(): ReactNode {
  const { t } = useWords();
  const outbox = useAnswer('admin:outbox', null);
  usePolling(outbox.reload, REFRESH_EVERY_MS);
  return (
    <Page title={t('section.outbox')} summary={t('outbox.summary')}>
      <Loaded answer={outbox}>
        {(view) => (
          <>
            <div className="columns outbox-columns">
              <Sending view={view} onChanged={outbox.replace} />
              <div>
                <Lanes view={view} />
                <Caps view={view} />
              </div>
            </div>
            <OutboxItems view={view} onChanged={outbox.replace} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
