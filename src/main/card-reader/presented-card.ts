import type { CardReading } from '../../shared/domain/card-reading.ts';
import type { IdentityDocument } from '../../shared/domain/document.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readAppendedAddress } from './appended-address.ts';
import { parseBaseReply } from './base-reply.ts';
import type { CommandLink, LinkTrouble } from './command-link.ts';
import {
  FIND_CARD,
  READ_BASE,
  READ_BASE_WITH_FINGERPRINT,
  READ_CARD_MANAGEMENT_NUMBER,
  RESET_SAM,
  SELECT_CARD,
  type Command,
  type Reply,
} from './commands.ts';
import type { CardProgress } from './contract.ts';
import { parseTextBlock } from './layouts.ts';
import { isSimulatedPhoto, portraitFrom, type PhotoDecoder } from './photo-decoder.ts';
import { numberOfSelected, type RememberedCard } from './remembered-card.ts';
import { sendRetrying } from './retrying.ts';
import { STATUS, isUnsupported, meaningOf, statusFailure } from './status-codes.ts';

/** What a module can do, as far as it was found out. */
export interface ModuleAbilities {
  /** Whether it reads fingerprints; false when it said that it doesn't. */
  fingerprint: boolean;
  /** Whether it gives the management number of a card that is selected and not yet read. */
  numberBeforeRead: 'expected' | 'doubted' | 'no';
}

/** What a read needs to know of its reader. */
export interface ReadContext {
  readonly link: CommandLink;
  readonly photoDecoder: PhotoDecoder;
  readonly cardReading: CardReading;
  readonly simulatedReader: boolean;
  readonly abilities: ModuleAbilities;
}

/** A card that was read, and what it will be known by; null when that has to be asked still. */
export interface PresentedCard {
  readonly document: IdentityDocument;
  readonly remembered: RememberedCard | null;
}

/** Why a card that was found could not be read; `tryAgain` when searching once more may help. */
export interface ReadTrouble {
  readonly failure: Failure;
  readonly tryAgain: boolean;
}

/** Selects and reads the card that was just found; a second attempt keeps to what every module can do. */
export async function readPresentedCard(
  context: ReadContext,
  attempt: 'first' | 'second',
  onProgress: (progress: CardProgress) => void,
): Promise<Result<PresentedCard, ReadTrouble>> {
  const { link, abilities } = context;
  const selected = await sendRetrying(link, SELECT_CARD);
  if (!selected.ok) return final(selected.error.failure);
  if (selected.value.status !== STATUS.ok) return refused(link, selected.value);
  onProgress('reading');
  const remembered = await numberBeforeRead(context, attempt);
  const read = await readBlocks(context);
  // The question may be what the module stumbled over.
  if (!read.ok) return abilities.numberBeforeRead === 'doubted' ? err({ ...read.error, tryAgain: true }) : read;
  if (abilities.numberBeforeRead === 'doubted') abilities.numberBeforeRead = 'no';
  const document = await documentOf(context, read.value.data);
  return document.ok ? ok({ document: document.value, remembered }) : final(document.error);
}

async function numberBeforeRead(
  { link, abilities }: ReadContext,
  attempt: 'first' | 'second',
): Promise<RememberedCard | null> {
  const before = abilities.numberBeforeRead;
  if (before === 'no' || (before === 'doubted' && attempt === 'second')) return null;
  const remembered = await numberOfSelected(link);
  abilities.numberBeforeRead = remembered === null ? 'doubted' : 'expected';
  return remembered;
}

/** The data of a read as a document, with the appended address where it is wanted; overwrites the data. */
async function documentOf(context: ReadContext, data: Uint8Array): Promise<Result<IdentityDocument, Failure>> {
  const { link, photoDecoder, simulatedReader, cardReading } = context;
  const address = cardReading.appendedAddress ? await readAppendedAddress(link) : ok(null);
  const document = address.ok ? await documentFrom(data, photoDecoder, simulatedReader) : address;
  data.fill(0);
  link.wipe();
  if (!document.ok || !address.ok || address.value === null) return document;
  return ok({ ...document.value, fields: { ...document.value.fields, appendedAddress: address.value } });
}

/**
 * Turns the data of a read into a document, and overwrites the fingerprint templates in it once their length is known.
 * `card.malformed` and `card.unknown-kind` as in the layouts; the portrait may be not decoded, which is no failure.
 */
export async function documentFrom(
  data: Uint8Array,
  decoder: PhotoDecoder,
  simulatedReader: boolean,
): Promise<Result<IdentityDocument, Failure>> {
  const blocks = parseBaseReply(data);
  if (!blocks.ok) return blocks;
  const { photo, fingerprint } = blocks.value;
  fingerprint?.fill(0);
  const text = parseTextBlock(blocks.value.text);
  if (!text.ok) return text;
  return ok({
    ...text.value,
    portrait: await portraitFrom(photo, decoder),
    ...(fingerprint === undefined ? {} : { fingerprintBytes: fingerprint.length }),
    simulated: simulatedReader || isSimulatedPhoto(photo),
  });
}

/** Reads text and photo, with the fingerprint where that is wanted and the module knows how. */
async function readBlocks(context: ReadContext): Promise<Result<Reply, ReadTrouble>> {
  const { link } = context;
  if (context.cardReading.fingerprint === 'recognise' && context.abilities.fingerprint) {
    const read = await sendRetrying(link, READ_BASE_WITH_FINGERPRINT);
    if (!read.ok) return afterLinkTrouble(link, READ_BASE_WITH_FINGERPRINT, read.error);
    if (!isUnsupported(read.value.status)) return successOf(link, read.value);
    context.abilities.fingerprint = false;
  }
  const read = await sendRetrying(link, READ_BASE);
  return read.ok ? successOf(link, read.value) : afterLinkTrouble(link, READ_BASE, read.error);
}

async function successOf(link: CommandLink, reply: Reply): Promise<Result<Reply, ReadTrouble>> {
  return reply.status === STATUS.ok ? ok(reply) : refused(link, reply);
}

async function refused(link: CommandLink, reply: Reply): Promise<Result<never, ReadTrouble>> {
  const { retry } = meaningOf(reply.status);
  const refusal = statusFailure(reply.status);
  if (reply.status === STATUS.unrecognisedError) await link.send(RESET_SAM);
  if (reply.status !== STATUS.readFailed) return err({ failure: refusal, tryAgain: retry === 'restart' });
  // The reader gives one status for a damaged card and for one that was taken away.
  const found = await link.send(FIND_CARD);
  if (!found.ok) return final(found.error.failure);
  return final(found.value.status === STATUS.cardFound ? refusal : PULLED);
}

/**
 * A read whose reply stopped: the card was pulled, or the line had a gap. A search that finds nothing doesn't tell,
 * because it also finds nothing when the module thinks that all went well; a card that answers then is read again.
 */
async function afterLinkTrouble(
  link: CommandLink,
  command: Command,
  trouble: LinkTrouble,
): Promise<Result<Reply, ReadTrouble>> {
  if (trouble.kind === 'closed' || trouble.kind === 'damaged') return final(trouble.failure);
  const found = await sendRetrying(link, FIND_CARD);
  if (!found.ok) return final(found.error.failure);
  if (found.value.status === STATUS.cardFound) return err({ failure: trouble.failure, tryAgain: true });
  if (!meaningOf(found.value.status).cardGone) return final(trouble.failure);
  const present = await link.send(READ_CARD_MANAGEMENT_NUMBER);
  if (!present.ok) return final(present.error.failure);
  if (present.value.status !== STATUS.ok) return final(PULLED);
  const again = await link.send(command);
  return again.ok && again.value.status === STATUS.ok ? again : final(trouble.failure);
}

const PULLED = failure('card.pulled', 'the card left while it was read');

function final(failed: Failure): Result<never, ReadTrouble> {
  return err({ failure: failed, tryAgain: false });
}
