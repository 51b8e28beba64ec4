import { useEffect, useRef } from 'react';
import { useEnvironment } from '../environment.ts';
import { mirroredCoverPlacement } from './cover-placement.ts';

/** A thin oval around the face that the kiosk sees, moved at every frame of the display without a detour through React. */
export function FaceMark({ video, low }: { readonly video: HTMLVideoElement; readonly low: boolean }) {
  const { capture } = useEnvironment();
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let request = 0;
    const draw = (nowMs: number): void => {
      request = requestAnimationFrame(draw);
      const element = mark.current;
      const around = element?.parentElement;
      if (!element || !around) return;
      const box = capture.faceAt(nowMs);
      const picture = { width: video.videoWidth, height: video.videoHeight };
      const place =
        box &&
        mirroredCoverPlacement(box, picture, { width: around.clientWidth, height: around.clientHeight }, low ? 1 : 0.5);
      element.style.opacity = place ? '1' : '0';
      if (!place) return;
      element.style.transform = `translate(${place.left}px, ${place.top}px)`;
      element.style.width = `${place.width}px`;
      element.style.height = `${place.height}px`;
    };
    request = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(request);
  }, [capture, video, low]);
  return (
    <div className="face-marks" aria-hidden="true">
      <div className="face-marks-cut">
        <div ref={mark} className="face-mark" />
      </div>
    </div>
  );
}
