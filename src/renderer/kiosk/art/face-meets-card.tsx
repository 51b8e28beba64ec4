import { useMotion } from '../use-motion.ts';

/** Two pictures of the motion bring the card this much nearer, in units of the drawing. */
const NEARER = [0, 0, 8, 16, 24, 32, 32, 32, 32, 24, 16, 8] as const;
/** While the card is at the face, both are found to belong together. */
const AGREED: ReadonlySet<number> = new Set([5, 6, 7, 8]);

/** A face in the oval, and an ID card that comes to it: what this kiosk does, told in three seconds. */
export function FaceMeetsCard() {
  const picture = useMotion();
  const nearer = NEARER[picture] ?? 0;
  return (
    <div className="attract-art" data-moving={picture > 0 || undefined} data-attract-picture={picture}>
      <svg className="art" viewBox="0 0 720 480" aria-hidden="true">
        <path className="art-fill" d="M210 40a150 200 0 0 1 0 400a150 200 0 0 1 0-400" />
        <path d="M210 40a150 200 0 0 1 0 400a150 200 0 0 1 0-400" />
        <path d="M210 138c42 0 62 30 62 70 0 46-28 84-62 84s-62-38-62-84c0-40 20-70 62-70Z" />
        <path d="M118 397c6-58 46-84 92-84s86 26 92 84" />
        <path className="art-soft" opacity={nearer > 0 ? 0 : 1} d="M384 190h22M384 240h36M384 290h22" />
        <g transform={`translate(${-nearer} 0)`}>
          <rect className="art-fill" x="444" y="148" width="252" height="160" rx="16" />
          <rect x="444" y="148" width="252" height="160" rx="16" />
          <circle cx="634" cy="204" r="24" />
          <path d="M594 274c2-26 18-36 40-36s38 10 40 36" />
          <path className="art-soft" d="M470 190h88M470 222h104M470 254h64" />
        </g>
        <g className="attract-agreed" opacity={AGREED.has(picture) ? 1 : 0}>
          <circle cx="376" cy="372" r="44" />
          <path d="m356 374 14 14 27-30" />
        </g>
      </svg>
    </div>
  );
}
