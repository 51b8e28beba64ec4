import type { ReactNode } from 'react';
import type { RunningCertification } from '../../../shared/ipc/clerk.ts';
import { Facts } from '../../ui/section.tsx';
import { useViewer } from '../environment.ts';
import { Faces } from '../parts/pictures.tsx';
import { ReasonLine } from '../parts/reason-line.tsx';
import { useNow } from '../use-now.ts';
import { useWords } from '../words.tsx';
import { useRunningPictures } from './use-running-pictures.ts';

/** How it stands: the verdict once its record is kept, until then what keeps the step from going on. */
function Standing({ running }: { readonly running: RunningCertification }): ReactNode {
  const { t } = useWords();
  if (running.verdict !== null) {
    const { state, reason, provisional } = running.verdict;
    return <ReasonLine state={state} reason={reason} note={t(provisional ? 'live.provisional' : 'live.confirmed')} />;
  }
  if (running.awaitsVerifier) return <p>{t('live.asked')}</p>;
  if (running.problem === null) return <p className="muted">{t('live.going')}</p>;
  return <ReasonLine state={null} reason={running.problem} />;
}

function Pictures({ running }: { readonly running: RunningCertification }): ReactNode {
  const { t } = useWords();
  const allowed = useViewer().may('see-evidence');
  const pictures = useRunningPictures(running, allowed);
  if (!allowed) return <p className="muted">{t('live.picturesRight')}</p>;
  if (running.showsPictures) return <Faces pictures={pictures} />;
  const isOver = running.verdict !== null || running.awaitsVerifier;
  return <p className="muted">{t(isOver ? 'live.picturesOver' : 'live.picturesOff')}</p>;
}

/** The certification in hand: who, where in it, since when, and how it stands. */
export function Running(props: {
  readonly running: RunningCertification;
  readonly onOpenCase: (certifyId: string) => void;
}): ReactNode {
  const { t } = useWords();
  const now = useNow();
  const { running, onOpenCase } = props;
  const seconds = (sinceMs: number): string =>
    t('live.seconds', { n: Math.max(0, Math.floor((now - sinceMs) / 1_000)) });
  return (
    <div className="running">
      <section className="running-now" aria-label={t('live.step')}>
        <p className="running-who">
          <strong>{running.nameMasked ?? t('live.unknown')}</strong>
          {running.numberMasked === null ? null : <span className="muted">{running.numberMasked}</span>}
          {running.attempt > 1 ? <span className="muted">{t('live.attempt', { n: running.attempt })}</span> : null}
        </p>
        <h2 className="running-step">{t(`screen.${running.screen}`)}</h2>
        <p className="running-time">{t('live.inStep', { time: seconds(running.stepSinceMs) })}</p>
        <Standing running={running} />
        {running.verdict === null ? null : (
          <button type="button" className="button" onClick={() => onOpenCase(running.certifyId)}>
            {t('live.openCase')}
          </button>
        )}
      </section>
      <Pictures running={running} />
      <Facts
        facts={[
          { name: t('live.scene'), value: running.sceneName },
          { name: t('live.scheme'), value: running.schemeId },
          { name: t('live.total'), value: seconds(running.startedAtMs) },
          ...(running.orderId === null ? [] : [{ name: t('live.order'), value: running.orderId }]),
        ]}
      />
    </div>
  );
}
