import { useEffect, useRef, type ReactNode } from 'react';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import type { CameraPreview } from '../environment.ts';
import { FailureNote } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { FaceBoxOverlay, QualityFacts, useLiveQuality, type LiveQuality } from './quality-overlay.tsx';
import { StreamFacts } from './stream-facts.tsx';

/** A camera's moving picture. */
export function LiveVideo(props: { readonly preview: CameraPreview }): ReactNode {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const { stream } = props.preview;
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = stream;
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  return <video ref={video} muted playsInline aria-label={t('camera.preview')} />;
}

/** What the camera sees, with the main face and a visitor's hint over it, in a box of fixed size. */
export function PreviewPicture(props: {
  readonly opened: Result<CameraPreview, Failure> | null;
  readonly quality: LiveQuality;
}): ReactNode {
  const { t } = useWords();
  const { opened, quality } = props;
  const preview = opened?.ok === true ? opened.value : null;
  return (
    <div className="preview">
      {preview === null ? (
        <p role="status">{opened === null ? t('camera.opening') : t('camera.noPicture')}</p>
      ) : (
        <LiveVideo preview={preview} />
      )}
      {preview === null || quality.reading === null ? null : (
        <FaceBoxOverlay reading={quality.reading} aspect={preview.width / preview.height} />
      )}
    </div>
  );
}

/** What the chosen camera sees and how good it is, or why it sees nothing. */
export function Preview(props: {
  readonly opened: Result<CameraPreview, Failure> | null;
  /** Nothing is measured while something else needs the models. */
  readonly resting?: boolean;
  readonly onRetry: () => void;
}): ReactNode {
  const { t } = useWords();
  const { opened } = props;
  const preview = opened?.ok === true ? opened.value : null;
  const quality = useLiveQuality(props.resting ? null : preview);
  return (
    <Section title={t('camera.preview')}>
      <PreviewPicture opened={opened} quality={quality} />
      {opened !== null && !opened.ok ? <FailureNote failure={opened.error} onRetry={props.onRetry} /> : null}
      {preview === null ? null : <StreamFacts preview={preview} />}
      {preview === null ? null : <h3>{t('liveQuality.title')}</h3>}
      {quality.failure === null ? null : <FailureNote failure={quality.failure} />}
      {quality.reading === null ? null : <QualityFacts reading={quality.reading} />}
    </Section>
  );
}
