import type { ReactNode } from 'react';
import { useAction, useAnswer } from '../answers.ts';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';
import { spanText } from './span-text.ts';

/** What is strange about this machine's clock; nothing while it is as it should be. */
export function ClockSection(): ReactNode {
  const words = useWords();
  const { t } = words;
  const { can } = useRights();
  const terminal = useAnswer('admin:terminal', null);
  const { phase, run } = useAction('admin:confirm-clock');
  const jump = terminal.value?.clock.jump ?? null;
  if (jump === null) return terminal.failure === null ? null : <FailureNote failure={terminal.failure} />;
  const amount = spanText(jump.byMs, words);
  const confirm = async (): Promise<void> => {
    const result = await run(null);
    if (result.ok) terminal.replace(result.value);
  };
  return (
    <Section title={t('system.clock.title')}>
      <Notice kind="warning">{t(jump.byMs < 0 ? 'system.clock.back' : 'system.clock.ahead', { amount })}</Notice>
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
      <p className="buttons">
        <button
          type="button"
          className="button"
          disabled={phase.state === 'running' || !can('maintain')}
          onClick={() => void confirm()}
        >
          {t('system.clock.confirm')}
        </button>
      </p>
    </Section>
  );
}
