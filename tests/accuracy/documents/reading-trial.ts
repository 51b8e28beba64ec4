import type { DocumentReader } from '../../../src/main/inference/documents/document-reader.ts';
import { editDistance } from '../../../src/shared/domain/edit-distance.ts';
import type {
  DocumentReading,
  FieldDoubt,
  IdCardField,
  ReadField,
} from '../../../src/shared/domain/document-reading.ts';
import type { DocumentWarningKind } from '../../../src/shared/domain/document-warning.ts';
import type { Cause, Level } from './degradations/levels.ts';
import { photograph, type Photograph } from './degradations/photograph.ts';
import { isSpellable } from './specimens/dictionary.ts';
import { drawIdCard, type CardSide, type Specimen } from './specimens/id-card.ts';
import { SPECIMEN_TODAY } from './specimens/person.ts';

/** One picture to be read. */
export interface Trial {
  readonly seed: number;
  readonly side: CardSide;
  readonly level: Level;
  /** Null: everything at once, as the level says. */
  readonly cause: Cause | null;
}

/** How one field came out; no values. */
export interface FieldOutcome {
  readonly characters: number;
  /** Least number of insertions, deletions and replacements that make it right. */
  readonly errors: number;
  readonly doubt: FieldDoubt | null;
  readonly confidence: number;
  /** False where the truth holds a character that the reading model doesn't know. */
  readonly spellable: boolean;
}

export interface TrialOutcome extends Trial {
  /** The code that the picture was refused with; null when it was read. */
  readonly refused: string | null;
  readonly fields: Readonly<Partial<Record<IdCardField, FieldOutcome>>>;
  readonly turns: number;
  readonly turnsRead: number | null;
  /** The worst corner's distance from the truth, as part of the card's width; null without an outline. */
  readonly cornerError: number | null;
  readonly raised: readonly DocumentWarningKind[];
  readonly tookMs: number;
}

/** A trial with what there is to look at. */
export interface ReadTrial {
  readonly outcome: TrialOutcome;
  readonly specimen: Specimen;
  readonly photo: Photograph;
  readonly reading: DocumentReading | null;
}

export async function readTrial(reader: DocumentReader, trial: Trial): Promise<ReadTrial> {
  const specimen = await drawIdCard(trial.seed, trial.side);
  const { level, cause } = trial;
  const photo = await photograph(specimen.picture, trial.seed, cause === null ? { level } : { level, cause });
  const startedMs = performance.now();
  const page = `id-card-${trial.side}` as const;
  const read = await reader.readDocument({ image: photo.jpeg.slice(), page, today: SPECIMEN_TODAY });
  const tookMs = performance.now() - startedMs;
  const reading = read.ok ? read.value : null;
  const outcome: TrialOutcome = {
    ...trial,
    refused: read.ok ? null : read.error.code,
    fields: Object.fromEntries(
      (Object.entries(specimen.fields) as [IdCardField, string][]).map(([field, truth]) => [
        field,
        outcomeOf(truth, reading === null ? undefined : fieldsOf(reading)[field]),
      ]),
    ),
    turns: photo.quarterTurns,
    turnsRead: reading?.quarterTurns ?? null,
    cornerError: reading === null ? null : cornerError(photo, reading),
    raised: reading === null ? [] : reading.warnings.filter(({ raised }) => raised).map(({ kind }) => kind),
    tookMs: Math.round(tookMs),
  };
  return { outcome, specimen, photo, reading };
}

/** The fields of a reading by name; none for other documents. */
export function fieldsOf(reading: DocumentReading): Readonly<Partial<Record<string, ReadField>>> {
  return reading.page === 'travel-document' ? {} : reading.fields;
}

function outcomeOf(truth: string, read: ReadField | undefined): FieldOutcome {
  const wanted = [...folded(truth)];
  const text = read?.text ?? null;
  return {
    characters: wanted.length,
    errors: text === null ? wanted.length : editDistance(wanted.join(''), folded(text)),
    doubt: read === undefined ? 'not-found' : read.doubt,
    confidence: read?.confidence ?? 0,
    spellable: isSpellable(truth),
  };
}

/** Forms of full width, dashes and middle dots have several code points that print alike. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[—–‐−]/g, '-')
    .replace(/[•・‧]/g, '·');
}

function cornerError(photo: Photograph, { outline }: DocumentReading): number | null {
  if (outline === null) return null;
  const { width, height } = photo.picture;
  const side = Math.hypot(photo.corners[1][0] - photo.corners[0][0], photo.corners[1][1] - photo.corners[0][1]);
  const found = outline.map(([x, y]) => [x * width, y * height] as const);
  // Which corner is called the first is a question of orientation, which is counted on its own.
  const worst = [0, 1, 2, 3].map((first) =>
    Math.max(
      ...photo.quad.map(([x, y], i) => Math.hypot(x - found[(i + first) % 4]![0], y - found[(i + first) % 4]![1])),
    ),
  );
  return Math.min(...worst) / side;
}
