import { useEffect, useRef, type ReactNode } from 'react';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import type { CameraPreview } from '../environment.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Facts, Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';

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

/** What the chosen camera sees, in a box of fixed size, or why it sees nothing. */
export function Preview(props: {
  readonly opened: Result<CameraPreview, Failure> | null;
  readonly onRetry: () => void;
}): ReactNode {
  const { t } = useWords();
  const { opened } = props;
  const preview = opened?.ok === true ? opened.value : null;
  return (
    <Section title={t('camera.preview')}>
      <div className="preview">
        {preview === null ? (
          <p role="status">{opened === null ? t('camera.opening') : t('camera.noPicture')}</p>
        ) : (
          <LiveVideo preview={preview} />
        )}
      </div>
      {opened !== null && !opened.ok ? <FailureNote failure={opened.error} onRetry={props.onRetry} /> : null}
      {preview === null ? null : (
        <Facts
          facts={[
            { name: t('overview.state'), value: <Mark tone="good">{t('camera.works')}</Mark> },
            { name: t('camera.label'), value: preview.label },
            { name: t('camera.size'), value: `${preview.width} × ${preview.height}` },
          ]}
        />
      )}
    </Section>
  );
}
