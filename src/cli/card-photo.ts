import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { IdentityDocument } from '../shared/domain/document.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { emitError, emitText, usageProblem, type UsageProblem } from './output.ts';

/** Why a portrait could not be kept at `path`, before a card is asked for; null when it could. */
export function photoFileProblem(path: string): UsageProblem | null {
  return existsSync(path) ? usageProblem('the file of --photo-out exists already', 'Name one that does not.') : null;
}

/**
 * Keeps a card's portrait in a file of its owner alone. Reports on standard error that it did, or why it could not, in
 * which case no file is made.
 */
export async function savePhoto({ portrait }: IdentityDocument, path: string, json: boolean): Promise<void> {
  if (portrait.state !== 'decoded') {
    const absent: Failure = failure('request.invalid', 'the card has no portrait');
    return emitError(portrait.state === 'absent' ? absent : failure(portrait.reason, portrait.detail), json, 1);
  }
  const written = await writeFile(path, portrait.image, { mode: 0o600, flag: 'wx' }).then(
    () => true,
    () => false,
  );
  if (!written) {
    return emitError(usageProblem('the portrait can not be written', 'Name a new file in a folder of yours.'), json);
  }
  emitText(`The portrait (${portrait.mediaType}) was kept. Destroy the file when it is no longer needed.`);
}
