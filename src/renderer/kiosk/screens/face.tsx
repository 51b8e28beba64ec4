import type { ChallengeProgress } from '../../../shared/domain/challenge.ts';
import type { Guidance } from '../../../shared/ipc/kiosk-guidance.ts';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { Actions } from '../../ui/screen.tsx';
import { Button } from '../../ui/button.tsx';
import { FaceMark } from '../art/face-mark.tsx';
import { LivePreview } from '../art/live-preview.tsx';
import { ProgressRing, TimedRing } from '../art/progress-ring.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { useSteadyHint } from '../use-steady-hint.ts';
import { challengeParts } from './challenge-parts.ts';
import { ChallengeCue, ChallengeWords } from './challenge.tsx';
import { remarkOf } from './challenge-prompt.ts';
import { FaceStage } from './face-stage.tsx';
import { lightLengthMs } from './light-length.ts';
import { PositionActions, PositionCue, PositionWords } from './position.tsx';
import { CancelButton, OtherMethodButton } from './ways-out.tsx';

export type FaceView = Extract<KioskView, { screen: 'position' | 'light' | 'challenge' }>;

export interface FaceScreenProps {
  readonly view: FaceView;
  readonly video: HTMLVideoElement | null;
  readonly guidance: Guidance | null;
  /** How a framed challenge stands; null until its first frame is answered. */
  readonly progress: ChallengeProgress | null;
}

/** The live picture in an oval: finding one's place, then the light or what is asked for. */
export function FaceScreen(props: FaceScreenProps) {
  const { view, video, guidance } = props;
  const { t } = useWords();
  const progress = view.screen === 'challenge' && props.progress?.kind === view.kind ? props.progress : null;
  const remark = useSteadyHint(remarkOf(progress));
  const preview = <LivePreview video={video} label={t('position.preview')} />;
  switch (view.screen) {
    case 'position':
      return (
        <FaceStage
          screen="position"
          words={<PositionWords hint={view.hint} nameMasked={view.nameMasked} opening={video === null} />}
          cue={<PositionCue view={view} />}
          oval={
            <>
              {preview}
              {video && <FaceMark video={video} low={view.low === true} />}
              <ProgressRing parts={[guidance?.progress ?? 0]} label={t('position.progress')} />
            </>
          }
          actions={<PositionActions view={view} />}
        />
      );
    case 'light':
      return (
        <FaceStage
          screen="light"
          words={t('light.hint')}
          oval={
            <>
              {preview}
              <TimedRing durationMs={lightLengthMs(view.challenge)} />
            </>
          }
          actions={<Actions out={<StopButton />} />}
        />
      );
    case 'challenge':
      return (
        <FaceStage
          screen="challenge"
          state={view.kind}
          words={<ChallengeWords kind={view.kind} progress={progress} />}
          cue={<ChallengeCue view={view} progress={progress} />}
          oval={
            <>
              {preview}
              <ProgressRing parts={challengeParts(progress)} label={t('challenge.progress')} />
            </>
          }
          remark={remark && t(`challenge.hints.${remark}`)}
          actions={<Actions forward={<OtherMethodButton />} out={<CancelButton />} />}
        />
      );
  }
}

function StopButton() {
  const { act } = useEnvironment();
  const { t } = useWords();
  return <Button onPress={() => void act({ type: 'cancel' })}>{t('light.stop')}</Button>;
}
