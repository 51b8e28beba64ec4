import { Mic } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useEnvironment } from '../environment.ts';

/** How loud it is at the microphone, drawn at every frame of the display; keeps its place while nothing is heard. */
export function SoundLevel({ label }: { readonly label: string }) {
  const { capture } = useEnvironment();
  const bar = useRef<HTMLDivElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let request = 0;
    const draw = (): void => {
      request = requestAnimationFrame(draw);
      const level = capture.soundLevel();
      if (whole.current) whole.current.style.visibility = level === null ? 'hidden' : '';
      if (bar.current) bar.current.style.transform = `scaleX(${Math.min(1, Math.max(0, level ?? 0))})`;
    };
    request = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(request);
  }, [capture]);
  return (
    <div ref={whole} className="sound-level" role="img" aria-label={label}>
      <Mic className="sound-icon" aria-hidden="true" strokeWidth={2} />
      <div className="sound-track">
        <div ref={bar} className="sound-bar" />
      </div>
    </div>
  );
}
