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
import { sendRetrying } from './retrying.ts';
import { STATUS, isUnsupported, meaningOf, statusFailure } from './status-codes.ts';

/** What a read needs to know of its reader. */
export interface ReadContext {
  readonly link: CommandLink;
  readonly photoDecoder: PhotoDecoder;
  readonly cardReading: CardReading;
  readonly simulatedReader: boolean;
  /** Whether the module reads fingerprints; becomes false when it says that it doesn't. */
  fingerprintReadable: boolean;
}

/** Why a card that was found could not be read; `tryAgain` when searching once more may help. */
export interface ReadTrouble {
  readonly failure: Failure;
  readonly tryAgain: boolean;
}

/** Selects and reads the card that was just found. */
export async function readPresentedCard(
  context: ReadContext,
  onProgress: (progress: CardProgress) => void,
): Promise<Result<IdentityDocument, ReadTrouble>> {
  const { link } = context;
  const selected = await sendRetrying(link, SELECT_CARD);
  if (!selected.ok) return final(selected.error.failure);
  if (selected.value.status !== STATUS.ok) return refused(link, selected.value);
  onProgress('reading');
  const read = await readBlocks(context);
  if (!read.ok) return read;
  const { data } = read.value;
  const address = context.cardReading.appendedAddress ? await readAppendedAddress(link) : ok(null);
  const document = address.ok ? await documentFrom(data, context.photoDecoder, context.simulatedReader) : address;
  data.fill(0);
  link.wipe();
  if (!document.ok) return final(document.error);
  if (!address.ok || address.value === null) return document;
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
  if (context.cardReading.fingerprint === 'recognise' && context.fingerprintReadable) {
    const read = await sendRetrying(link, READ_BASE_WITH_FINGERPRINT);
    if (!read.ok) return afterLinkTrouble(link, READ_BASE_WITH_FINGERPRINT, read.error);
    if (!isUnsupported(read.value.status)) return successOf(link, read.value);
    context.fingerprintReadable = false;
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
