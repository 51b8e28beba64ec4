import type { ReactNode } from 'react';
import { useAction } from '../answers.ts';
import { measured } from '../formats.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Facts, Section } from '../parts/page.tsx';
import type { Translate } from '../translation.ts';
import { useWords } from '../words.tsx';
import type { CardReading } from '../../../shared/domain/card-reading.ts';
import { CARD_KINDS } from '../../../shared/domain/document.ts';
import type { AdminAnswers } from '../../../shared/ipc/admin.ts';
import { failure, isFailureCode } from '../../../shared/reasons.ts';
import { fingerprintWords, troubleOf } from './reader-figures.ts';
import { TroubleNote } from './trouble-note.tsx';

const PORTRAITS = ['decoded', 'not-decoded', 'absent'] as const;

function kindName(kind: string, t: Translate): string {
  const known = CARD_KINDS.find((one) => one === kind);
  return known === undefined ? kind : t(`card.${known}`);
}

function portraitName(portrait: string, t: Translate): string {
  const known = PORTRAITS.find((one) => one === portrait);
  return known === undefined ? portrait : t(`portrait.${known}`);
}

type Read = AdminAnswers['admin:test-reader'];

/** Whether the photo could be decoded, and why not. */
function PortraitWords(props: { readonly read: Read }): ReactNode {
  const words = useWords();
  const { portrait, portraitReason: reason } = props.read;
  return (
    <>
      {portraitName(portrait, words.t)}
      {reason !== null && isFailureCode(reason) ? (
        <TroubleNote trouble={troubleOf(failure(reason), words)} brief />
      ) : null}
    </>
  );
}

function ReadCard(props: { readonly read: Read; readonly asked: CardReading['fingerprint'] | null }): ReactNode {
  const words = useWords();
  const { t } = words;
  const { read } = props;
  return (
    <>
      <Mark tone="good">{t('reader.testDone', { seconds: measured(read.tookMs / 1000, 2) })}</Mark>
      <Facts
        facts={[
          { name: t('reader.testKind'), value: kindName(read.kind, t) },
          { name: t('field.name'), value: read.nameMasked },
          { name: t('field.number'), value: <span className="code">{read.numberMasked}</span> },
          { name: t('field.portrait'), value: <PortraitWords read={read} /> },
          { name: t('reader.fingerprint'), value: fingerprintWords(read.fingerprintBytes, props.asked, words) },
        ]}
      />
    </>
  );
}

/** Reads one card with the saved settings and shows what came, masked. */
export function TestRead(props: {
  readonly blocked: string | null;
  /** What the settings say of fingerprints; null while that is not known. */
  readonly asked: CardReading['fingerprint'] | null;
  readonly read: Read | null;
  readonly onRead: (read: Read | null) => void;
}): ReactNode {
  const { t } = useWords();
  const { phase, run } = useAction('admin:test-reader');
  const start = async (): Promise<void> => {
    props.onRead(null);
    const result = await run(null);
    if (result.ok) props.onRead(result.value);
  };
  return (
    <Section title={t('reader.test')}>
      <p className="muted">{props.blocked ?? t('reader.testNote')}</p>
      <button
        type="button"
        className="button"
        disabled={props.blocked !== null || phase.state === 'running'}
        onClick={() => void start()}
      >
        {t('reader.testStart')}
      </button>
      <div className="test-outcome" role="status">
        {phase.state === 'running' ? <Mark tone="waiting">{t('reader.testRunning')}</Mark> : null}
        {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
        {props.read === null || phase.state !== 'done' ? null : <ReadCard read={props.read} asked={props.asked} />}
      </div>
    </Section>
  );
}
