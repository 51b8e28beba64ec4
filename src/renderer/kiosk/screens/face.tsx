import { useLayoutEffect, useRef } from 'react';
import type { PositionHint } from '../../../shared/ipc/kiosk.ts';
import { Actions } from '../../ui/screen.tsx';
import { Button } from '../../ui/button.tsx';
import { ProgressRing } from '../art/progress-ring.tsx';
import { FaceMark } from '../art/face-mark.tsx';
import { useCapture, useEnvironment, useWords } from '../environment.ts';
import { useSteadyHint } from '../use-steady-hint.ts';
import { CancelButton, OtherMethodButton } from './ways-out.tsx';

interface FaceScreenProps {
  readonly screen: 'position' | 'light';
  readonly hint: PositionHint | null;
  readonly nameMasked: string | null;
}

/** The live picture in an oval: finding one's place, then the light. Nothing moves between the two. */
export function FaceScreen({ screen, hint, nameMasked }: FaceScreenProps) {
  const { t } = useWords();
  const { video, guidance } = useCapture();
  const shown = useSteadyHint(hint);
  const inLight = screen === 'light';
  const call = nameMasked ? t('position.greeting', { name: nameMasked }) : t('position.title');
  const words = inLight ? t('light.hint') : shown ? t(`hints.${shown}`) : video ? call : t('position.opening');
  return (
    <main className="screen face-screen" data-screen={screen}>
      <h1 className="hint" tabIndex={-1} aria-live="polite">
        <span>{words}</span>
      </h1>
      <div className="stage">
        <div className="oval">
          <Preview video={video} />
          {video && !inLight ? <FaceMark video={video} /> : null}
          <ProgressRing progress={inLight ? 1 : (guidance?.progress ?? 0)} label={t('position.progress')} />
        </div>
      </div>
      <p className="face-note">
        <span>{t('position.safety')}</span>
        <span>{t('position.safetyOther')}</span>
      </p>
      <div className="screen-actions">
        {inLight ? (
          <Actions out={<StopButton />} />
        ) : (
          <Actions forward={<OtherMethodButton />} out={<CancelButton />} />
        )}
      </div>
    </main>
  );
}

function StopButton() {
  const { act } = useEnvironment();
  const { t } = useWords();
  return <Button onPress={() => void act({ type: 'cancel' })}>{t('light.stop')}</Button>;
}

/** Shows the camera's own element, mirrored by its style; what is sent stays as the camera saw it. */
function Preview({ video }: { readonly video: HTMLVideoElement | null }) {
  const place = useRef<HTMLDivElement>(null);
  const { t } = useWords();
  useLayoutEffect(() => {
    const box = place.current;
    if (!box || !video) return;
    box.append(video);
    void video.play().catch(() => undefined);
    return () => video.remove();
  }, [video]);
  return <div ref={place} className="preview" role="img" aria-label={t('position.preview')} />;
}
