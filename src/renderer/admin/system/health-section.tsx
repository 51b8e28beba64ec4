import type { ReactNode } from 'react';
import { reasonText } from '../../../shared/reason-texts.ts';
import type { HealthFinding, SignedSelfTest } from '../../../shared/ipc/admin-system.ts';
import { useAction, useAnswer } from '../answers.ts';
import { count, dateTime } from '../formats.ts';
import { size } from '../outbox/outbox-figures.ts';
import { downloadBytes } from '../parts/download.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Empty, Loaded, Section } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import type { Speech } from '../translation.ts';
import { useWords } from '../words.tsx';
import { spanText } from './span-text.ts';

const FIGURES = [
  'listed',
  'files',
  'entries',
  'freeBytes',
  'byMs',
  'offsetMs',
  'waiting',
  'percent',
  'evidence',
] as const;

function figureText(name: (typeof FIGURES)[number], value: string | number, words: Speech): string {
  if (name === 'freeBytes') return words.t('system.figures.freeBytes', { value: size(Number(value)) });
  if (name === 'byMs') return words.t('system.figures.byMs', { value: spanText(Number(value), words) });
  if (name === 'listed' || name === 'files') return words.t(`system.figures.${name}`, { value });
  const shown = typeof value === 'string' ? value : count(value, words.language);
  return words.t(`system.figures.${name}`, { value: shown });
}

function Finding({ finding }: { readonly finding: HealthFinding }): ReactNode {
  const words = useWords();
  const { part, state, failure, figures } = finding;
  const told = FIGURES.flatMap((name) => {
    const value = figures[name];
    return value === undefined ? [] : [figureText(name, value, words)];
  });
  return (
    <tr>
      <th scope="row">{words.t(`system.parts.${part}`)}</th>
      <td>
        <Mark tone={state}>{words.t(`system.test.${state}`)}</Mark>
      </td>
      <td className="muted">
        {failure === null ? null : <span className="finding">{reasonText(failure.code, words.language, 'clerk')}</span>}
        {told.join(' · ')}
      </td>
    </tr>
  );
}

function Findings({ signed }: { readonly signed: SignedSelfTest }): ReactNode {
  const { t, language } = useWords();
  const { test } = signed;
  return (
    <>
      <p className="muted">{t('system.test.at', { time: dateTime(test.atMs), ms: count(test.tookMs, language) })}</p>
      <table className="health">
        <caption className="visually-hidden">{t('system.test.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('system.test.part')}</th>
            <th scope="col">{t('system.test.state')}</th>
            <th scope="col">{t('system.test.detail')}</th>
          </tr>
        </thead>
        <tbody>
          {test.findings.map((finding) => (
            <Finding key={finding.part} finding={finding} />
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The last self-test, and another one. */
export function HealthSection(): ReactNode {
  const { t } = useWords();
  const { can } = useRights();
  const last = useAnswer('admin:last-self-test', null);
  const { phase, run } = useAction('admin:self-test');
  const test = async (): Promise<void> => {
    const result = await run(null);
    if (result.ok) last.replace(result.value);
  };
  const signed = last.value;
  return (
    <Section title={t('system.test.title')}>
      <p className="muted">{t('system.test.lead')}</p>
      <p className="buttons">
        <button
          type="button"
          className="button button-primary"
          disabled={phase.state === 'running' || !can('test-devices')}
          onClick={() => void test()}
        >
          {t(phase.state === 'running' ? 'system.test.running' : 'system.test.run')}
        </button>
        {signed === null ? null : (
          <button
            type="button"
            className="button"
            onClick={() =>
              downloadBytes(
                `countersign-self-test-${signed.test.deviceId}.json`,
                JSON.stringify(signed, null, 2),
                'application/json',
              )
            }
          >
            {t('system.test.save')}
          </button>
        )}
      </p>
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
      {last.value === null && last.failure === null && !last.refreshing ? (
        <Empty>{t('system.test.never')}</Empty>
      ) : (
        <Loaded answer={last}>{(value) => (value === null ? null : <Findings signed={value} />)}</Loaded>
      )}
    </Section>
  );
}
