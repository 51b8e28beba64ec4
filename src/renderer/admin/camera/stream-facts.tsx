import { useEffect, useState, type ReactNode } from 'react';
import type { CameraExposure } from '../../camera/live-picture.ts';
import type { FrameRate } from '../../camera/frame-rate.ts';
import type { CameraPreview } from '../environment.ts';
import { measured } from '../formats.ts';
import { Mark } from '../parts/mark.tsx';
import { Facts } from '../parts/page.tsx';
import { useWords } from '../words.tsx';

const REFRESH_EVERY_MS = 500;
/** Light challenges need this many frames a second. */
export const LEAST_FRAMES_PER_SECOND = 20;

export interface StreamState {
  readonly rate: FrameRate;
  readonly exposure: CameraExposure;
}

/** What the camera delivers now. */
export function useStreamState({ live }: CameraPreview): StreamState {
  const [state, setState] = useState<StreamState>(() => ({ rate: live.rate(), exposure: live.exposure() }));
  useEffect(() => {
    const timer = setInterval(() => setState({ rate: live.rate(), exposure: live.exposure() }), REFRESH_EVERY_MS);
    return () => clearInterval(timer);
  }, [live]);
  return state;
}

/** Rate, size and exposure of an open camera. */
export function StreamFacts({ preview }: { readonly preview: CameraPreview }): ReactNode {
  const { t } = useWords();
  const { rate, exposure } = useStreamState(preview);
  const slow = rate.perSecond !== null && rate.perSecond < LEAST_FRAMES_PER_SECOND;
  const perSecond = t('liveQuality.perSecond', { n: measured(rate.perSecond, 1) });
  return (
    <Facts
      facts={[
        { name: t('overview.state'), value: <Mark tone="good">{t('camera.works')}</Mark> },
        { name: t('camera.label'), value: preview.label },
        { name: t('camera.size'), value: `${preview.width} × ${preview.height}` },
        {
          name: t('liveQuality.rate'),
          value: slow ? (
            <Mark tone="warning">{t('liveQuality.tooSlow', { is: perSecond, least: LEAST_FRAMES_PER_SECOND })}</Mark>
          ) : (
            perSecond
          ),
        },
        { name: t('liveQuality.dropped'), value: rate.dropped },
        { name: t('liveQuality.exposure'), value: <ExposureWords exposure={exposure} /> },
      ]}
    />
  );
}

function ExposureWords({ exposure }: { readonly exposure: CameraExposure }): ReactNode {
  const { t } = useWords();
  const { mode, timeMs } = exposure;
  if (mode === null && timeMs === null) return t('liveQuality.exposureUnknown');
  const how =
    mode === 'manual' ? t('liveQuality.exposureManual') : mode === null ? null : t('liveQuality.exposureAutomatic');
  const time = timeMs === null ? null : t('liveQuality.milliseconds', { n: measured(timeMs, 1) });
  return [how, time].filter((each) => each !== null).join(' · ');
}
