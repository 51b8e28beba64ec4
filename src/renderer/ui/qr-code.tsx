import { create } from 'qrcode';
import type { ReactNode } from 'react';
import { qrPath } from '../../shared/qr-path.ts';

/** A QR code at error correction level M; black on white in either theme and on paper, because scanners expect it. */
export function QrCode(props: {
  readonly text: string;
  readonly label: string;
  readonly className: string;
}): ReactNode {
  const { side, path } = qrPath(create(props.text, { errorCorrectionLevel: 'M' }).modules);
  return (
    <svg
      className={props.className}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={props.label}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
