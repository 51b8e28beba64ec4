import type { ChallengeProgress } from '../../../shared/domain/challenge.ts';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import type { WordKey } from '../../i18n/translation.ts';
import { Phrases } from '../../ui/phrases.tsx';
import { ActionDrawing, DoneDrawing } from '../art/action-drawing.tsx';
import { SoundLevel } from '../art/sound-level.tsx';
import { useWords } from '../environment.ts';
import { challengePrompt, partsDone } from './challenge-prompt.ts';
import { DigitRow } from './digit-row.tsx';
import { noticeText } from './what-follows.ts';

type ChallengeView = Extract<KioskView, { screen: 'challenge' }>;
type Kind = ChallengeView['kind'];

interface ChallengeProps {
  readonly kind: Kind;
  readonly progress: ChallengeProgress | null;
}

/** What to do now, in a few large words. */
export function ChallengeWords({ kind, progress }: ChallengeProps) {
  const { t } = useWords();
  return t(challengePrompt(kind, progress));
}

/** A drawing of the movement, the digits, or in a few words what happens. */
export function ChallengeCue({ view, progress }: { readonly view: ChallengeView } & Omit<ChallengeProps, 'kind'>) {
  const { t } = useWords();
  if (progress?.kind === 'action' && (progress.action || partsDone(progress) > 0)) return <ActionCue {...progress} />;
  if (progress?.kind === 'digits' && (progress.shown !== '' || !view.notice)) {
    return (
      <div className="digits-cue">
        <DigitRow shown={progress.shown} count={progress.count} />
        <SoundLevel label={t('challenge.sound')} />
      </div>
    );
  }
  return <WaitingCue view={view} />;
}

function ActionCue(progress: Extract<ChallengeProgress, { kind: 'action' }>) {
  const { t } = useWords();
  return (
    <div className="action-cue">
      {progress.action ? <ActionDrawing key={progress.index} action={progress.action} /> : <DoneDrawing />}
      {progress.action && <p className="cue-slow">{t('challenge.slow')}</p>}
    </div>
  );
}

/** A clip of somebody who does nothing has begun by itself; everything else is still to come. */
function leadOf(kind: Kind, isInstead: boolean): WordKey {
  if (isInstead) return `instead.${kind}`;
  return kind === 'silent' ? 'challenge.stillLead' : `next.${kind}`;
}

function WaitingCue({ view: { kind, notice } }: { readonly view: ChallengeView }) {
  const { t, language } = useWords();
  return (
    <div className={notice ? 'cue-words notice' : 'cue-words'}>
      {notice && (
        <p className="phrases">
          <Phrases text={noticeText(notice, t)} language={language} />
        </p>
      )}
      <p className="cue-next phrases">
        <Phrases text={t(leadOf(kind, notice !== null))} language={language} />
      </p>
    </div>
  );
}
