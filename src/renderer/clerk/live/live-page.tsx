import { useState, type ReactNode } from 'react';
import type { ClerkLive, RunningCertification } from '../../../shared/ipc/clerk.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/section.tsx';
import { useAction, type Answer } from '../answers.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { KeyButton } from '../parts/key-button.tsx';
import { useShortcuts } from '../use-shortcuts.ts';
import { useWords } from '../words.tsx';
import { Running } from './running.tsx';
import { StartDialog } from './start-dialog.tsx';

function CancelDialog(props: {
  readonly running: RunningCertification;
  readonly onLive: (live: ClerkLive) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  const cancel = useAction('clerk:cancel');
  return (
    <Dialog
      title={t('live.cancelTitle')}
      yes={t('live.cancel')}
      no={t('live.keep')}
      running={cancel.running}
      failure={cancel.failure === null ? null : <FailureNote failure={cancel.failure} />}
      onNo={props.onClose}
      onYes={() =>
        void cancel.run({ certifyId: props.running.certifyId }).then((live) => {
          if (!live.ok) return;
          props.onLive(live.value);
          props.onClose();
        })
      }
    >
      {t('live.cancelNote')}
    </Dialog>
  );
}

function Expected(props: { readonly live: ClerkLive; readonly onLive: (live: ClerkLive) => void }): ReactNode {
  const { t } = useWords();
  const takeBack = useAction('clerk:take-back');
  const { expected } = props.live;
  if (expected === null) return null;
  return (
    <Notice kind="info">
      <p className="expected">
        <span>{t('live.expected', { order: expected.orderId, scene: expected.sceneName })}</span>
        <button
          type="button"
          className="button"
          disabled={takeBack.running}
          onClick={() => void takeBack.run(null).then((live) => live.ok && props.onLive(live.value))}
        >
          {t('live.takeBack')}
        </button>
      </p>
      {takeBack.failure === null ? null : <FailureNote failure={takeBack.failure} />}
    </Notice>
  );
}

/** What happens at the kiosk right now, and what the staff can do about it. */
export function LivePage(props: {
  readonly live: Answer<ClerkLive>;
  readonly onOpenCase: (certifyId: string) => void;
}): ReactNode {
  const { t, language } = useWords();
  const [dialog, setDialog] = useState<'start' | 'cancel' | null>(null);
  const { value, failure, reload, replace } = props.live;
  const running = value?.running ?? null;
  const mayCancel = running !== null && running.verdict === null;
  const mayStart = value !== null && running === null && value.outOfService === null;
  useShortcuts({
    F6: mayStart ? () => setDialog('start') : undefined,
    F9: mayCancel ? () => setDialog('cancel') : undefined,
  });
  if (value === null) {
    return failure === null ? (
      <Loading>{t('app.loading')}</Loading>
    ) : (
      <div className="live">
        <FailureNote failure={failure} onRetry={reload} />
      </div>
    );
  }
  return (
    <div className="live">
      {failure === null ? null : <FailureNote failure={failure} onRetry={reload} />}
      {value.outOfService === null ? null : (
        <Notice kind="warning">
          <strong>{t('live.out')}</strong> {reasonText(value.outOfService, language, 'clerk')}
        </Notice>
      )}
      <Expected live={value} onLive={replace} />
      {running === null ? (
        <div className="live-idle">
          <h2>{t('live.idle')}</h2>
          <p className="muted">{t(value.outOfService === null ? 'live.idleNote' : 'live.outNote')}</p>
        </div>
      ) : (
        <Running running={running} onOpenCase={props.onOpenCase} />
      )}
      <div className="actions">
        <KeyButton shortcut="F6" kind="primary" disabled={!mayStart} onPress={() => setDialog('start')}>
          {t('live.start')}
        </KeyButton>
        <KeyButton shortcut="F9" disabled={!mayCancel} onPress={() => setDialog('cancel')}>
          {t('live.cancel')}
        </KeyButton>
      </div>
      {dialog === 'start' ? <StartDialog onClose={() => setDialog(null)} onStarted={props.onOpenCase} /> : null}
      {dialog === 'cancel' && running !== null ? (
        <CancelDialog running={running} onLive={replace} onClose={() => setDialog(null)} />
      ) : null}
    </div>
  );
}
