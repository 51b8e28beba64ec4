import { useEffect, useRef } from 'react';
import type { CardOutline, DocumentPage } from '../../../shared/domain/document-reading.ts';
import { between } from '../../camera/outline-tracker.ts';
import { useEnvironment } from '../environment.ts';
import { documentFrame, outlinePath } from './document-frame.ts';

interface DocumentOutlineProps {
  readonly page: DocumentPage;
  readonly video: HTMLVideoElement;
  readonly mirrored: boolean;
  /** Everything is as it should be. */
  readonly good: boolean;
  /** 0–1, towards the picture that is taken by itself. */
  readonly progress: number;
}

/** Width of the drawing in its own units. */
const ACROSS = 1000;
/** The frame becomes the outline, and the outline the frame, in this time constant. */
const MORPHS_IN_MS = 70;

/**
 * A frame of the document's proportion that closes in on the document as soon as it is seen, and follows it at every
 * frame of the display. What lies outside is veiled; the line fills up towards the picture.
 */
export function DocumentOutline({ page, video, mirrored, good, progress }: DocumentOutlineProps) {
  const { capture } = useEnvironment();
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    let request = 0;
    let shown: CardOutline | null = null;
    let atMs = 0;
    let drawn = '';
    const draw = (nowMs: number): void => {
      request = requestAnimationFrame(draw);
      const drawing = svg.current;
      const { videoWidth, videoHeight } = video;
      if (!drawing || videoWidth === 0 || videoHeight === 0) return;
      const size = { width: ACROSS, height: (ACROSS * videoHeight) / videoWidth };
      const outline = capture.outlineAt(nowMs);
      const target = outline ?? documentFrame(page, size);
      shown = shown ? between(shown, target, 1 - Math.exp(-(nowMs - atMs) / MORPHS_IN_MS)) : target;
      atMs = nowMs;
      const path = outlinePath(shown, size);
      const wanted = `${size.height} ${outline !== null} ${path}`;
      // Drawing the same again would have the page painted anew at every frame.
      if (wanted === drawn) return;
      drawn = wanted;
      drawing.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
      drawing.toggleAttribute('data-found', outline !== null);
      const [veil, ...lines] = drawing.querySelectorAll('path');
      veil?.setAttribute('d', `M0 0H${size.width}V${size.height}H0Z${path}`);
      for (const line of lines) line.setAttribute('d', path);
    };
    request = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(request);
  }, [capture, page, video]);
  const percent = 100 * Math.min(1, Math.max(0, progress));
  return (
    <svg
      ref={svg}
      className="document-outline"
      data-mirrored={mirrored || undefined}
      data-good={good || undefined}
      viewBox={`0 0 ${ACROSS} 750`}
      aria-hidden="true"
    >
      <path className="document-veil" fillRule="evenodd" />
      <path className="document-edge" />
      <path className="document-line" />
      <path className="document-done" pathLength={100} strokeDasharray={`${percent} 100`} />
    </svg>
  );
}
