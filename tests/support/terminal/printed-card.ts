import type { DocumentPage, DocumentReading, ReadField } from '../../../src/shared/domain/document-reading.ts';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import type { SceneBeforeCamera } from './scene-before-camera.ts';

function sure(text: string): ReadField {
  return { text, confidence: 0.99, doubt: null, box: { x: 0.1, y: 0.1, width: 0.3, height: 0.1 } };
}

/** What a good picture of the card before the camera says. */
export function readingOf(
  page: DocumentPage,
  { printed, readable }: SceneBeforeCamera,
  bytes: Uint8Array,
): Result<DocumentReading, Failure> {
  if (!readable) return err(failure('document.unreadable'));
  const picture = { bytes, mediaType: 'image/jpeg', width: 720, height: 960 } as const;
  const common = { quarterTurns: 0, outline: null, picture, warnings: [], tookMs: 1 } as const;
  if (page === 'id-card-front') {
    const fields = {
      name: sure(printed.name),
      sex: sure('female'),
      nation: sure('汉'),
      birthDate: sure(printed.birthDate),
      address: sure('样例市样例路1号'),
      number: sure(printed.number),
    };
    return ok({ ...common, page, fields, portrait: picture });
  }
  if (page === 'id-card-back') {
    const fields = { issuer: sure('样例市公安局'), validFrom: sure('2020-01-01'), validTo: sure('2040-01-01') };
    return ok({ ...common, page, fields });
  }
  if (page === 'bank-card') {
    const fields = { number: sure('6222020200112233446'), expiry: sure('2030-12'), holder: sure('') };
    const issue = { issuer: null, issuerCode: null, type: null, cardName: null };
    return ok({ ...common, page, fields, issue, embossed: null });
  }
  return err(failure('document.wrong-kind'));
}
