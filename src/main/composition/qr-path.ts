import { create } from 'qrcode';
import { qrPath, type QrPath } from '../../shared/qr-path.ts';

/** A text as a QR code for paper, at error correction level M. */
export function qrPathOf(text: string): QrPath {
  return qrPath(create(text, { errorCorrectionLevel: 'M' }).modules);
}
