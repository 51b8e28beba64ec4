import type { ReactNode } from 'react';
import type { VerifierStatus } from '../../../shared/ipc/admin.ts';
import { useAction, useAnswer, usePolling } from '../answers.ts';
import { count, dateTime, timeOfDay } from '../formats.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Facts, Loaded, Page, Section } from '../parts/page.tsx';
import { ChangeableBy } from '../parts/read-only.tsx';
import { useWords } from '../words.tsx';
import { ConnectionTest } from './connection-test.tsx';
import { DirectSection } from './direct-section.tsx';
import { Enrolment } from './enrolment.tsx';
import { FingerprintGroups } from './fingerprint.tsx';

const REFRESH_EVERY_MS = 3_000;

function Fingerprint(props: { readonly fingerprint: string | null }): ReactNode {
  const { t } = useWords();
  if (props.fingerprint === null) return '—';
  return (
    <>
      <FingerprintGroups fingerprint={props.fingerprint} />
      <small className="muted">{t('verifier.fingerprintNote')}</small>
    </>
  );
}

function StatusFacts(props: { readonly status: VerifierStatus }): ReactNode {
  const { t } = useWords();
  const { status } = props;
  return (
    <Section title={t('verifier.status')}>
      <Facts
        facts={[
          {
            name: t('overview.state'),
            value: status.enrolled ? (
              <Mark tone="good">{t('verifier.enrolled')}</Mark>
            ) : (
              <Mark tone="warning">{t('verifier.notEnrolled')}</Mark>
            ),
          },
          { name: t('verifier.address'), value: <span className="code">{status.address ?? '—'}</span> },
          { name: t('verifier.device'), value: <span className="code">{status.deviceId ?? '—'}</span> },
          { name: t('verifier.fingerprint'), value: <Fingerprint fingerprint={status.serverKeyFingerprint} /> },
        ]}
      />
    </Section>
  );
}

function Sending(props: {
  readonly status: VerifierStatus;
  readonly onSynced: (status: VerifierStatus) => void;
}): ReactNode {
  const { t, language } = useWords();
  const { status } = props;
  const { phase, run } = useAction('admin:sync-now');
  const sync = async (): Promise<void> => {
    const answer = await run(null);
    if (answer.ok) props.onSynced(answer.value);
  };
  const failure = phase.state === 'failed' ? phase.failure : status.lastFailure;
  return (
    <Section title={t('verifier.sending')}>
      <Facts
        facts={[
          { name: t('verifier.unsent'), value: count(status.unsent, language) },
          {
            name: t('verifier.lastSync'),
            value: status.lastSyncAtMs === null ? t('verifier.neverSynced') : dateTime(status.lastSyncAtMs),
          },
        ]}
      />
      {failure === null ? null : <FailureNote failure={failure} />}
      <div className="save-bar">
        <ChangeableBy right="maintain">
          <button
            type="button"
            className="button"
            disabled={!status.enrolled || phase.state === 'running'}
            onClick={() => void sync()}
          >
            {t('verifier.syncNow')}
          </button>
        </ChangeableBy>
        <span role="status">
          {status.enrolled ? null : <span className="muted">{t('verifier.syncNeedsEnrolment')}</span>}
          {phase.state === 'running' ? t('verifier.syncing') : null}
          {phase.state === 'done' ? (
            <span className="saved">{t('verifier.syncDone', { time: timeOfDay(phase.atMs) })}</span>
          ) : null}
        </span>
      </div>
    </Section>
  );
}

/** The service that confirms this terminal's verdicts: enrolment, its key, what has not been sent, and a vendor instead. */
export function VerifierPage(): ReactNode {
  const { t } = useWords();
  const status = useAnswer('admin:verifier', null);
  usePolling(status.reload, REFRESH_EVERY_MS);
  return (
    <Page title={t('section.verifier')} summary={t('verifier.summary')}>
      <Loaded answer={status}>
        {(value) => (
          <div className="columns">
            <div>
              <StatusFacts status={value} />
              <Sending status={value} onSynced={status.replace} />
            </div>
            <div>
              <Enrolment status={value} onEnrolled={status.replace} />
              <ConnectionTest address={null} blocked={value.address === null} />
            </div>
          </div>
        )}
      </Loaded>
      <DirectSection />
    </Page>
  );
}
