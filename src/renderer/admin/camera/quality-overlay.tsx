import { useEffect, useState, type ReactNode } from 'react';
import { limitFor } from '../../../shared/domain/face-quality.ts';
import type { QualityReading } from '../../../shared/ipc/admin-devices.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { ask } from '../answers.ts';
import { useEnvironment, type CameraPreview } from '../environment.ts';
import { measured } from '../formats.ts';
import { Mark } from '../parts/mark.tsx';
import { Facts, type Fact } from '../parts/page.tsx';
import type { Translate } from '../translation.ts';
import { useWords } from '../words.tsx';

/** As often as the kiosk asks; the next question waits for the answer. */
const LOOK_EVERY_MS = 200;

export interface LiveQuality {
  readonly reading: QualityReading | null;
  readonly failure: Failure | null;
}

/** What the real quality model says of a live picture, again and again. */
export function useLiveQuality(preview: CameraPreview | null): LiveQuality {
  const { bridge } = useEnvironment();
  const [quality, setQuality] = useState<LiveQuality>({ reading: null, failure: null });
  useEffect(() => {
    if (preview === null) return;
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const grabbed = await preview.live.grab();
      if (left) return;
      const answer = grabbed.ok
        ? await ask(bridge, 'admin:quality-frame', {
            jpeg: new Uint8Array(grabbed.value),
            capturedAtMs: performance.now(),
          })
        : grabbed;
      if (left) return;
      setQuality(answer.ok ? { reading: answer.value, failure: null } : { reading: null, failure: answer.error });
      timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    void look();
    return () => {
      left = true;
      clearTimeout(timer);
      setQuality({ reading: null, failure: null });
      void ask(bridge, 'admin:end-quality', null);
    };
  }, [bridge, preview]);
  return quality;
}

/** Where the face is, drawn over the mirrored picture, with the words that a visitor would read. */
export function FaceBoxOverlay(props: { readonly reading: QualityReading; readonly aspect: number }): ReactNode {
  const { t } = useWords();
  const { box, hint, faces } = props.reading;
  const shown = faces === 0 ? 'no-face' : hint;
  const words = shown === null ? t('liveQuality.good') : t(`hints.${shown}`);
  return (
    <>
      <div className="preview-frame" style={{ aspectRatio: props.aspect }} aria-hidden="true">
        {box === null ? null : (
          <span
            className={hint === null ? 'face-box face-box-good' : 'face-box'}
            style={{
              // The picture is shown mirrored.
              left: `${(1 - box.x - box.width) * 100}%`,
              top: `${box.y * 100}%`,
              width: `${box.width * 100}%`,
              height: `${box.height * 100}%`,
            }}
          />
        )}
      </div>
      <p className="preview-hint">{words}</p>
    </>
  );
}

function within(reason: Parameters<typeof limitFor>[0], value: number): boolean {
  const { ideal, limit } = limitFor(reason);
  return limit >= ideal ? value <= limit : value >= limit;
}

function rated(isGood: boolean, words: string): ReactNode {
  return <Mark tone={isGood ? 'good' : 'warning'}>{words}</Mark>;
}

function factsOf({ measures, score }: QualityReading, t: Translate): readonly Fact[] {
  if (measures === null) return [];
  const { heightShare, brightness, sideRatio, sharpness, yawDegrees, pitchDegrees, rollDegrees } = measures;
  const size = within('too-far', heightShare) && within('too-near', heightShare);
  const light = within('dark', brightness) && within('bright', brightness);
  const turned = [yawDegrees ?? 0, pitchDegrees ?? 0, rollDegrees].map(Math.abs);
  const [yaw = 0, pitch = 0, roll = 0] = turned;
  const pose = within('yaw', yaw) && within('pitch', pitch) && within('roll', roll);
  return [
    { name: t('liveQuality.score'), value: t('liveQuality.ofHundred', { n: Math.round(score) }) },
    { name: t('liveQuality.size'), value: rated(size, t('liveQuality.share', { n: Math.round(heightShare * 100) })) },
    { name: t('liveQuality.eyes'), value: t('liveQuality.pixels', { n: Math.round(measures.pixelsBetweenEyes) }) },
    { name: t('liveQuality.sharpness'), value: rated(within('blurred', sharpness), measured(sharpness, 0)) },
    { name: t('liveQuality.brightness'), value: rated(light, t('liveQuality.luma', { n: Math.round(brightness) })) },
    { name: t('liveQuality.evenness'), value: rated(within('uneven-light', sideRatio), measured(sideRatio, 2)) },
    {
      name: t('liveQuality.pose'),
      value: rated(
        pose,
        t('liveQuality.degrees', {
          yaw: measured(yawDegrees, 0),
          pitch: measured(pitchDegrees, 0),
          roll: measured(rollDegrees, 0),
        }),
      ),
    },
  ];
}

/** The measures of the main face beside their limits. */
export function QualityFacts({ reading }: { readonly reading: QualityReading }): ReactNode {
  const { t } = useWords();
  const facts = factsOf(reading, t);
  if (facts.length === 0) return <p className="muted">{t('liveQuality.nobody')}</p>;
  return <Facts facts={facts} />;
}
