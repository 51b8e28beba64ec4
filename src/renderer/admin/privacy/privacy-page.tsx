import type { ReactNode } from 'react';
import type { PrivacyStatus } from '../../../shared/ipc/admin-schemes.ts';
import { useAnswer, usePolling } from '../answers.ts';
import { count, dateTime } from '../formats.ts';
import { Mark } from '../parts/mark.tsx';
import { Notice } from '../parts/notice.tsx';
import { Facts, Loaded, Page, Section } from '../parts/page.tsx';
import type { Tone } from '../parts/tone.ts';
import { useWords } from '../words.tsx';
import { FaceReturnSection } from './face-return-section.tsx';
import { AssessmentSection } from './assessment-section.tsx';
import { NoticesSection } from './notices-section.tsx';
import { UnfinishedSection } from './unfinished-section.tsx';
import { RetentionSection } from './retention-section.tsx';
import { filingState, NEAR_SHARE } from './filing.ts';

const REFRESH_EVERY_MS = 30_000;
const COLUMNS = ['at', 'number', 'why', 'pictures', 'waiting', 'requests', 'records', 'verifier'] as const;
const FIGURES: readonly string[] = ['pictures', 'waiting', 'requests', 'records'];
const TONES = { none: 'off', queued: 'waiting', erased: 'good' } as const satisfies Record<string, Tone>;

interface StatusProps {
  readonly status: PrivacyStatus;
}

function Filing({ status }: StatusProps): ReactNode {
  const { t, language } = useWords();
  const { storedSubjects, filingLimit } = status;
  const limit = count(filingLimit, language);
  const state = filingState(status);
  const share = storedSubjects / filingLimit;
  return (
    <>
      {state === 'far' ? null : (
        <Notice kind="warning">{t(state === 'over' ? 'privacy.overFiling' : 'privacy.nearFiling', { limit })}</Notice>
      )}
      <dl className="outbox-caps filing">
        <div>
          <dt>{t('privacy.storedPeople')}</dt>
          <dd>
            <meter
              min={0}
              max={1}
              low={NEAR_SHARE}
              high={NEAR_SHARE}
              optimum={0}
              value={Math.min(1, share)}
              aria-label={t('privacy.storedPeople')}
            >
              {Math.round(share * 100)} %
            </meter>
            <span>{t('privacy.storedOf', { value: count(storedSubjects, language), limit })}</span>
          </dd>
        </div>
      </dl>
    </>
  );
}

function Stored({ status }: StatusProps): ReactNode {
  const { t, language } = useWords();
  const { overdue, nextErasureAtMs, oldestRecordAtMs } = status;
  return (
    <Section title={t('privacy.stored')}>
      <Filing status={status} />
      {overdue > 0 ? <Notice kind="warning">{t('privacy.overdueNote')}</Notice> : null}
      <Facts
        facts={[
          {
            name: t('privacy.overdue'),
            value:
              overdue === 0 ? (
                <Mark tone="good">{t('privacy.overdueNone')}</Mark>
              ) : (
                <Mark tone="bad">{t('privacy.overdueSome', { n: count(overdue, language) })}</Mark>
              ),
          },
          { name: t('privacy.next'), value: nextErasureAtMs === null ? t('privacy.none') : dateTime(nextErasureAtMs) },
          {
            name: t('privacy.oldest'),
            value: (
              <>
                {oldestRecordAtMs === null ? t('privacy.none') : dateTime(oldestRecordAtMs).slice(0, 10)}
                <small className="muted">{t('privacy.oldestNote')}</small>
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}

function DeletionRow({ deletion }: { readonly deletion: PrivacyStatus['deletions'][number] }): ReactNode {
  const { t, language } = useWords();
  const { body } = deletion.receipt;
  const figures = [body.erased.pictures, body.erased.waiting, body.erased.requests, body.remaining.records];
  return (
    <tr>
      <td className="code">{dateTime(body.erasedAtMs).slice(0, 16)}</td>
      <th scope="row" className="code wrap" title={deletion.receiptHash}>
        {body.deletionId}
      </th>
      <td>{t(`privacy.why.${body.why}`)}</td>
      {figures.map((figure, at) => (
        <td key={FIGURES[at]} className="number">
          {count(figure, language)}
        </td>
      ))}
      <td>
        <Mark tone={TONES[deletion.verifier]}>{t(`privacy.verifier.${deletion.verifier}`)}</Mark>
      </td>
    </tr>
  );
}

function Deletions({ status }: StatusProps): ReactNode {
  const { t } = useWords();
  return (
    <Section title={t('privacy.deletions')}>
      <p className="muted lead-in">
        {t('privacy.deletionsLead')}{' '}
        <a className="row-link" href="#records">
          {t('privacy.openRecords')}
        </a>
      </p>
      {status.deletions.length === 0 ? (
        <p className="muted">{t('privacy.deletionsNone')}</p>
      ) : (
        <table className="deletions">
          <caption className="visually-hidden">{t('privacy.deletions')}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className={FIGURES.includes(column) ? 'number' : `column-${column}`}>
                  {t(`privacy.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {status.deletions.map((deletion) => (
              <DeletionRow key={deletion.receipt.body.deletionId} deletion={deletion} />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

/** Of how many people something is kept, what was erased, and where faces are handed to. */
export function PrivacyPage(): ReactNode {
  const { t } = useWords();
  const privacy = useAnswer('admin:privacy', null);
  usePolling(privacy.reload, REFRESH_EVERY_MS);
  return (
    <Page title={t('section.privacy')} summary={t('privacy.summary')}>
      <Loaded answer={privacy}>
        {(status) => (
          <>
            <Stored status={status} />
            <RetentionSection />
            <UnfinishedSection status={status} />
            <Deletions status={status} />
          </>
        )}
      </Loaded>
      <NoticesSection />
      <AssessmentSection />
      <FaceReturnSection />
    </Page>
  );
}
