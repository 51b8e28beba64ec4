import type { RequestInputs } from '../../shared/domain/certification-request.ts';
import {
  DOCUMENT_WARNING_KINDS,
  DOCUMENT_WARNING_REASONS,
  type DocumentWarningKind,
} from '../../shared/domain/document-warning.ts';
import type { DocumentPage, DocumentReading, ReadField } from '../../shared/domain/document-reading.ts';
import { stateOf, type Failure, type ReasonCode } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { DocumentInference } from './ports/document-inference.ts';

/** What the pictures of cards say that a caller gave. */
export interface GivenDocuments {
  /** By our names; only what was read. */
  readonly fields: Readonly<Record<string, string>>;
  readonly warnings: readonly DocumentWarningKind[];
  /** The gravest reason not to believe them; null where there is none. */
  readonly reason: ReasonCode | null;
  /** Name or number, read without doubt, are another person's than the caller named. */
  readonly namesOther: boolean;
  /** The printed portrait; null where none was found. */
  readonly portrait: Uint8Array | null;
  /** Upright and rectified. */
  readonly pictures: { readonly front: Uint8Array | null; readonly back: Uint8Array | null };
}

const PAGES = [
  ['cardFront', 'id-card-front'],
  ['cardBack', 'id-card-back'],
  ['bankCardPicture', 'bank-card'],
] as const satisfies readonly (readonly [keyof RequestInputs, DocumentPage])[];

/**
 * Reads every picture of a card that a caller gave. Null where it gave none.
 *
 * @param today local calendar day, `YYYY-MM-DD`
 * @returns the reading's own failure: a picture that can't be read decides nothing
 */
export async function readGivenDocuments(
  inputs: RequestInputs,
  inference: Pick<DocumentInference, 'read'>,
  today: string,
): Promise<Result<GivenDocuments | null, Failure>> {
  const readings: DocumentReading[] = [];
  for (const [input, page] of PAGES) {
    const picture = inputs[input];
    if (!picture) continue;
    const read = await inference.read(new Uint8Array(picture.bytes), page, today);
    if (!read.ok) return read;
    readings.push(read.value);
  }
  return ok(readings.length === 0 ? null : documentsOf(readings, inputs));
}

function documentsOf(readings: readonly DocumentReading[], inputs: RequestInputs): GivenDocuments {
  const fields = readings.flatMap((reading) => ('fields' in reading ? Object.entries<ReadField>(reading.fields) : []));
  const raised = new Set(
    readings.flatMap(({ warnings }) => warnings.filter((each) => each.raised)).map(({ kind }) => kind),
  );
  const warnings = DOCUMENT_WARNING_KINDS.filter((kind) => raised.has(kind));
  const front = readings.find((reading) => reading.page === 'id-card-front');
  const back = readings.find((reading) => reading.page === 'id-card-back');
  return {
    fields: Object.fromEntries(fields.flatMap(([name, { text }]) => (text === null ? [] : [[name, text]]))),
    warnings,
    reason: gravest(warnings) ?? (fields.some(([, { doubt }]) => doubt !== null) ? 'document.photographed' : null),
    namesOther: front !== undefined && namesOther(front, inputs),
    portrait: front?.portrait?.bytes ?? null,
    pictures: { front: front?.picture.bytes ?? null, back: back?.picture.bytes ?? null },
  };
}

/** A picture that has to be taken again decides nothing, so that comes before doubts for a clerk. */
function gravest(warnings: readonly DocumentWarningKind[]): ReasonCode | null {
  const reasons: readonly ReasonCode[] = warnings.map((kind) => DOCUMENT_WARNING_REASONS[kind]);
  return reasons.find((reason) => stateOf(reason) === 'error') ?? reasons[0] ?? null;
}

function namesOther(
  { fields: { name, number } }: Extract<DocumentReading, { page: 'id-card-front' }>,
  given: RequestInputs,
): boolean {
  const differs = (read: ReadField, expected: string | undefined): boolean =>
    expected !== undefined && read.doubt === null && read.text !== null && read.text.toUpperCase() !== expected;
  return differs(number, given.number) || (number.doubt === null && differs(name, given.name?.trim().toUpperCase()));
}
