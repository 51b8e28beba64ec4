import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { CardOutline, DocumentGuidance, DocumentPage } from '../../../shared/domain/document-reading.ts';
import { ask } from '../answers.ts';
import { usePreview } from '../camera/use-cameras.ts';
import { useEnvironment } from '../environment.ts';
import { FailureNote } from '../parts/notice.tsx';
import { useWords } from '../words.tsx';
import { stillPicture } from './still-picture.ts';

/** Five pictures a second are enough to follow a hand. */
const LOOK_EVERY_MS = 200;
const LIVE = { longest: 640, quality: 0.7 } as const;
const FULL = { longest: 4096, quality: 0.92 } as const;

export interface DocumentCameraProps {
  readonly page: DocumentPage;
  readonly deviceId: string | null;
  readonly busy: boolean;
  readonly onPicture: (image: Uint8Array<ArrayBuffer>) => void;
}

/** What the camera sees with the outline of the document in it. A picture is taken when it is good, or by hand. */
export function DocumentCamera({ page, deviceId, busy, onPicture }: DocumentCameraProps): ReactNode {
  const { t } = useWords();
  const { bridge } = useEnvironment();
  const [round, setRound] = useState(0);
  const opened = usePreview(deviceId, round);
  const video = useRef<HTMLVideoElement>(null);
  const [guidance, setGuidance] = useState<DocumentGuidance | null>(null);
  const preview = opened?.ok === true ? opened.value : null;

  const take = async (): Promise<void> => {
    const still = video.current && (await stillPicture(video.current, FULL.longest, FULL.quality));
    if (still) onPicture(still);
  };
  const takeNow = useRef(take);
  useEffect(() => {
    takeNow.current = take;
  });

  useEffect(() => {
    const element = video.current;
    if (element === null || preview === null) return;
    element.srcObject = preview.stream;
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [preview]);

  useEffect(() => {
    if (preview === null || busy) return;
    let left = false;
    let looking = false;
    const look = async (): Promise<void> => {
      const jpeg = video.current && (await stillPicture(video.current, LIVE.longest, LIVE.quality));
      if (!jpeg || left) return;
      const seen = await ask(bridge, 'admin:document-frame', { page, jpeg, capturedAtMs: performance.now() });
      if (left || !seen.ok) return;
      setGuidance(seen.value);
      if (seen.value.take) void takeNow.current();
    };
    const timer = setInterval(() => {
      if (looking) return;
      looking = true;
      void look().finally(() => (looking = false));
    }, LOOK_EVERY_MS);
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, [bridge, page, preview, busy]);

  return (
    <div className="document-camera">
      {opened !== null && !opened.ok ? (
        <FailureNote failure={opened.error} onRetry={() => setRound((n) => n + 1)} />
      ) : (
        <div className="preview document-preview">
          {opened === null ? <p role="status">{t('documents.openingCamera')}</p> : null}
          <video ref={video} muted playsInline hidden={preview === null} aria-label={t('camera.preview')} />
          {guidance?.outline ? <Outline corners={guidance.outline} good={guidance.hint === null} /> : null}
        </div>
      )}
      <p className="document-hint" aria-live="polite">
        {t(`documents.hints.${guidance === null ? 'no-card' : (guidance.hint ?? 'ready')}`)}
      </p>
      <button
        type="button"
        className="button button-primary"
        disabled={busy || preview === null}
        onClick={() => void take()}
      >
        {t('documents.take')}
      </button>
    </div>
  );
}

function Outline({ corners, good }: { readonly corners: CardOutline; readonly good: boolean }): ReactNode {
  const points = corners.map(([x, y]) => `${100 * x},${100 * y}`).join(' ');
  return (
    <svg
      className="document-outline"
      data-good={good || undefined}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polygon points={points} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
