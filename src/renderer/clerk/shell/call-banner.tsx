import { BellRing } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import type { StaffCall } from '../../../shared/domain/staff-call.ts';
import type { ClerkLive } from '../../../shared/ipc/clerk.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { useAction } from '../answers.ts';
import { useEnvironment } from '../environment.ts';
import { minutesAndSeconds, timeOfDay } from '../formats.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { KeyButton } from '../parts/key-button.tsx';
import { useNow } from '../use-now.ts';
import { useShortcuts } from '../use-shortcuts.ts';
import { useWords } from '../words.tsx';

/** A call nobody answers sounds again after this. */
const CHIME_AGAIN_MS = 8_000;

/** Somebody at the kiosk wants help: since when and why, until somebody says that they come. */
export function CallBanner(props: {
  readonly call: StaffCall;
  readonly onAnswered: (live: ClerkLive) => void;
}): ReactNode {
  const { t, language } = useWords();
  const { chime } = useEnvironment();
  const answer = useAction('clerk:answer-call');
  const now = useNow();
  const { callId, sinceMs, screen, reason, answeredAtMs } = props.call;
  const waits = answeredAtMs === null;
  useEffect(() => {
    if (!waits) return;
    chime();
    const timer = setInterval(chime, CHIME_AGAIN_MS);
    return () => clearInterval(timer);
  }, [callId, waits, chime]);
  const come = (): void => {
    void answer.run({ callId }).then((live) => live.ok && props.onAnswered(live.value));
  };
  useShortcuts({ F8: waits ? come : undefined });
  if (!waits) {
    return (
      <p className="call call-answered" role="status">
        {t('call.answered')}
      </p>
    );
  }
  return (
    <section className="call" role="alert" aria-label={t('call.title')}>
      <BellRing aria-hidden="true" size={22} />
      <div>
        <strong>{t('call.title')}</strong>{' '}
        <span>
          {t('call.where', {
            screen: t(`screen.${screen}`),
            time: timeOfDay(sinceMs),
            left: minutesAndSeconds(now - sinceMs),
          })}
        </span>
        {reason === null ? null : <p>{reasonText(reason, language, 'clerk')}</p>}
        {answer.failure === null ? null : <FailureNote failure={answer.failure} />}
      </div>
      <KeyButton shortcut="F8" kind="primary" disabled={answer.running} onPress={come}>
        {t('call.answer')}
      </KeyButton>
    </section>
  );
}
