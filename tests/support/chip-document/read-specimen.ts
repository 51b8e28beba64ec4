import { readDocument, type DocumentRead } from '../../../src/main/chip-document/read-document.ts';
import type { ChipProgress } from '../../../src/shared/domain/travel-document.ts';
import { linkTo } from './card-link.ts';
import { authorityOf } from './issuer.ts';
import { signerOf } from './signed-document.ts';
import { drawnJpeg, passwordOf, SPECIMEN_CAN, SPECIMEN_KEY, specimenFiles } from './specimen.ts';
import { VirtualCard, type CardContents } from './virtual-card.ts';

export const NOW_MS = Date.UTC(2026, 5, 1);

/** A country, a signer and a card that opens by BAC; parts may be replaced. */
export async function specimenCard() {
  const authority = authorityOf('UT', 'ecdsa-prime256v1-sha256');
  const signer = signerOf(authority);
  const files = specimenFiles(signer, await drawnJpeg());
  const passwords = [passwordOf(SPECIMEN_KEY), passwordOf(SPECIMEN_CAN)];
  const contents: CardContents = { files, access: 'bac', passwords };
  return { authority, signer, files, contents };
}

/** Reads a card without a reader between; tells the steps that were reported. */
export async function readSpecimen(contents: CardContents, read: Partial<DocumentRead> = {}) {
  const progress: ChipProgress[] = [];
  const link = linkTo(new VirtualCard(contents));
  const result = await readDocument(link, {
    key: SPECIMEN_KEY,
    certificates: null,
    onProgress: (each) => progress.push(each),
    nowMs: NOW_MS,
    today: '2026-06-01',
    ...read,
  });
  return { result, progress, steps: [...new Set(progress.map(({ step }) => step))], sent: link.sent() };
}
