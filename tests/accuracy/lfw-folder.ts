import { join } from 'node:path';
import { failure, type Failure } from '../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../src/shared/result.ts';
import type { LabelledPair } from './dataset.ts';

/**
 * Parses the `pairs.txt` of Labeled Faces in the Wild: a first line with the number of folds and of pairs of each kind
 * in one, then for every fold that many same-person lines `name n m` and as many different-person lines
 * `name n other m`. Images are at `<folder>/<name>/<name>_<n, four digits>.jpg`.
 *
 * @param folds which folds to take, counted from 1.
 */
export function readLfwPairs(
  text: string,
  folder: string,
  folds: readonly number[],
): Result<readonly LabelledPair[], Failure> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [foldCount = 0, perKind = 0] = (lines[0] ?? '').trim().split(/\s+/).map(Number);
  if (!(Number.isInteger(foldCount) && Number.isInteger(perKind) && foldCount > 0 && perKind > 0)) {
    return invalid('line 1 has to hold the number of folds and of pairs of each kind in one');
  }
  if (lines.length !== 1 + 2 * foldCount * perKind) {
    return invalid(`expected ${2 * foldCount * perKind} pairs, found ${lines.length - 1}`);
  }
  const pairs: LabelledPair[] = [];
  for (const [index, line] of lines.slice(1).entries()) {
    const fold = Math.floor(index / (2 * perKind)) + 1;
    if (!folds.includes(fold)) continue;
    const fields = line.trim().split(/\s+/);
    const same = index % (2 * perKind) < perKind;
    const [a, first, b, second] = same ? [fields[0], fields[1], fields[0], fields[2]] : fields;
    const expected = same ? 3 : 4;
    if (fields.length !== expected || !/^\d+$/.test(first!) || !/^\d+$/.test(second!)) {
      return invalid(`line ${index + 2} is no ${same ? 'same' : 'different'}-person pair`);
    }
    pairs.push({ a: image(folder, a!, first!), b: image(folder, b!, second!), same, fold, subjectA: a!, subjectB: b! });
  }
  return ok(pairs);
}

function image(folder: string, name: string, number: string): string {
  return join(folder, name, `${name}_${number.padStart(4, '0')}.jpg`);
}

function invalid(detail: string): Result<never, Failure> {
  return err(failure('request.invalid', `pairs list: ${detail}`));
}
