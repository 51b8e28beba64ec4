import type { Clock } from '../../../shared/clock.ts';
import type { DocumentPage, DocumentReading, EncodedPicture } from '../../../shared/domain/document-reading.ts';
import { DOCUMENT_WARNING_REASONS, type DocumentWarning } from '../../../shared/domain/document-warning.ts';
import { withAgreement, withPlausibleValidity } from '../../../shared/domain/id-card-agreement.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Frame } from '../frame.ts';
import type { BankCardContent, SeenBankCard } from './bank-card/contract.ts';
import { relativeOutline, type JudgedDocument } from './contract.ts';
import { encodeJpeg } from './encoded-picture.ts';
import { cutPortrait, findPrintedFace, type FindFaces } from './id-card/portrait.ts';
import { readBack } from './id-card/read-back.ts';
import { readFront } from './id-card/read-front.ts';
import { openDocumentFile } from './intake.ts';
import { turnedQuad } from './outline/rectify-card.ts';
import { forgetCard, locateCard, type LocatedCard } from './located-card.ts';
import type { DirectedTextEngine } from './text/text-engine.ts';
import { findTravelPage, type ReadZone, type TravelPage } from './travel-page.ts';

export interface DocumentReaderParts {
  readonly clock: Clock;
  readonly engine: DirectedTextEngine;
  readonly findFaces: FindFaces;
  readonly judge: (judged: JudgedDocument) => readonly DocumentWarning[];
  readonly readBankCard: (seen: SeenBankCard) => Promise<BankCardContent>;
  readonly readZone: ReadZone;
}

export interface DocumentReader {
  /** As the inference contract's call of this name. The caller keeps the bytes. */
  readDocument(asked: {
    readonly image: Uint8Array;
    readonly page: DocumentPage;
    readonly today: string;
  }): Promise<Result<DocumentReading, Failure>>;
}

/** A card's width in the picture, in pixels, below which its small print has no strokes left. */
export const LEAST_CARD_WIDTH = 280;

/** Reads pictures of documents. One call at a time. */
export function createDocumentReader(parts: DocumentReaderParts): DocumentReader {
  return {
    readDocument: async ({ image, page, today }) => {
      const startMs = parts.clock.monotonicMs();
      const opened = await openDocumentFile(image);
      if (!opened.ok) return opened;
      const picture = opened.value;
      const reading = await readPicture(picture, { parts, page, today, startMs });
      picture.rgb.fill(0);
      parts.engine.wipe();
      return reading;
    },
  };
}

interface Asked {
  readonly parts: DocumentReaderParts;
  readonly page: DocumentPage;
  readonly today: string;
  readonly startMs: number;
}

type Outcome = Promise<Result<DocumentReading, Failure>>;

async function readPicture(picture: Frame, asked: Asked): Outcome {
  const { parts, page, today } = asked;
  if (page === 'travel-document') {
    const found = await findTravelPage(parts.readZone, parts.engine, picture, today);
    if (found) return travelReading(found, asked);
  }
  const located = await locateCard(parts.engine, picture, page);
  if (!located.ok) return located;
  const reading = await readLocated(located.value, asked);
  forgetCard(located.value);
  return reading;
}

async function readLocated(located: LocatedCard, asked: Asked): Outcome {
  const refusal = refusalOf(located, asked.page);
  if (refusal) return err(refusal);
  if (located.card.sourceWidth < LEAST_CARD_WIDTH) {
    return err(failure('document.too-small', `${Math.round(located.card.sourceWidth)} pixels`));
  }
  switch (asked.page) {
    case 'id-card-front':
      return frontReading(located, asked);
    case 'id-card-back':
      return backReading(located, asked);
    case 'bank-card':
      return bankCardReading(located, asked);
    case 'travel-document':
      return err(failure('document.unreadable', 'no zone'));
  }
}

/** Why a picture doesn't show what was asked for; the kind is decided before any digit is trusted. */
function refusalOf({ kind, lines }: LocatedCard, page: DocumentPage): Failure | null {
  if (kind === page) return null;
  // An embossed number may be all that a bank card says: its own reader decides.
  if (kind === null && page === 'bank-card') return null;
  if (kind === null) return failure('document.not-a-card', `${lines.length} lines of text`);
  const isIdCard = (seen: string): boolean => seen === 'id-card-front' || seen === 'id-card-back';
  return failure(isIdCard(kind) && isIdCard(page) ? 'document.wrong-side' : 'document.wrong-kind', kind);
}

async function frontReading(located: LocatedCard, asked: Asked): Outcome {
  const { card, lines } = located;
  const { engine, findFaces } = asked.parts;
  const fields = withAgreement(await readFront({ card: card.picture, lines, engine, today: asked.today }));
  const face = await findPrintedFace(findFaces, card.picture);
  const warnings = judged({ page: 'id-card-front', card, lines, fields, face, today: asked.today }, asked, located);
  const unreadable =
    fields.number.doubt === 'not-found' || (fields.number.doubt === 'form' && fields.name.doubt !== null);
  if (unreadable) return err(unreadableBecause(warnings));
  const portrait = face && (await cutPortrait(card.picture, face));
  return ok({ page: 'id-card-front', fields, portrait, warnings, ...(await shared(located, asked)) });
}

async function backReading(located: LocatedCard, asked: Asked): Outcome {
  const { card, lines } = located;
  const { engine } = asked.parts;
  const read = await readBack({ card: card.picture, lines, engine, today: asked.today });
  const fields = withPlausibleValidity(read, null);
  const warnings = judged(
    { page: 'id-card-back', card, lines, fields, face: null, today: asked.today },
    asked,
    located,
  );
  if (fields.issuer.text === null && fields.validFrom.text === null) return err(unreadableBecause(warnings));
  return ok({ page: 'id-card-back', fields, warnings, ...(await shared(located, asked)) });
}

async function bankCardReading(located: LocatedCard, asked: Asked): Outcome {
  const { card, lines, kind } = located;
  const content = await asked.parts.readBankCard({ card, lines, engine: asked.parts.engine, today: asked.today });
  const { fields } = content;
  if (kind === null && fields.number.doubt !== null) return err(failure('document.not-a-card', 'no bank card'));
  const warnings = judged({ page: 'bank-card', card, lines, fields, face: null, today: asked.today }, asked, located);
  if (fields.number.text === null) return err(unreadableBecause(warnings));
  return ok({ page: 'bank-card', ...content, warnings, ...(await shared(located, asked)) });
}

async function travelReading(page: TravelPage, asked: Asked): Outcome {
  const { card, zone } = page;
  const [face] = await asked.parts.findFaces(card.picture);
  const portrait = face ? await cutPortrait(card.picture, face.box) : null;
  const reading = { zone, portrait, warnings: [], ...(await shared(page, asked)) };
  card.picture.rgb.fill(0);
  return ok({ page: 'travel-document', ...reading });
}

/** Judges see the card upright, and its corners from the card's own upper left one on. */
function judged(document: JudgedDocument, { parts }: Asked, { quarterTurns }: LocatedCard): readonly DocumentWarning[] {
  const { card } = document;
  return parts.judge({ ...document, card: { ...card, quad: card.quad && turnedQuad(card.quad, quarterTurns) } });
}

/** What is wrong with the picture, if that is known, helps more than that it can't be read. */
function unreadableBecause(warnings: readonly DocumentWarning[]): Failure {
  const causes = ['border-cut', 'occlusion', 'glare', 'blur'] as const;
  const cause = causes.find((kind) => warnings.some((warning) => warning.kind === kind && warning.raised));
  return failure(cause ? DOCUMENT_WARNING_REASONS[cause] : 'document.unreadable');
}

async function shared(
  { card, quarterTurns }: Pick<LocatedCard, 'card' | 'quarterTurns'>,
  { parts, startMs }: Asked,
): Promise<{
  readonly quarterTurns: number;
  readonly outline: ReturnType<typeof relativeOutline> | null;
  readonly picture: EncodedPicture;
  readonly tookMs: number;
}> {
  const picture = await encodeJpeg(card.picture);
  const outline = card.quad && relativeOutline(card.quad, card.source);
  return { quarterTurns, outline, picture, tookMs: parts.clock.monotonicMs() - startMs };
}
