import type { IdentityDocument } from '../../shared/domain/document.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseBaseReply } from './base-reply.ts';
import type { CommandLink, LinkTrouble } from './command-link.ts';
import { FIND_CARD, READ_BASE, RESET_SAM, SELECT_CARD, type Command, type Reply } from './commands.ts';
import type { CardProgress } from './contract.ts';
import { parseTextBlock } from './layouts.ts';
import { isSimulatedPhoto, portraitFrom, type PhotoDecoder } from './photo-decoder.ts';
import { STATUS, meaningOf, statusFailure } from './status-codes.ts';

/** Why a card that was found could not be read; `tryAgain` when searching once more may help. */
export interface ReadTrouble {
  readonly failure: Failure;
  readonly tryAgain: boolean;
}

/** Selects and reads the card that was just found. */
export async function readPresentedCard(
  link: CommandLink,
  decoder: PhotoDecoder,
  simulatedReader: boolean,
  onProgress: (progress: CardProgress) => void,
): Promise<Result<IdentityDocument, ReadTrouble>> {
  const selected = await sendRetrying(link, SELECT_CARD);
  if (!selected.ok) return final(selected.error.failure);
  if (selected.value.status !== STATUS.ok) return refused(link, selected.value);
  onProgress('reading');
  const read = await sendRetrying(link, READ_BASE);
  if (!read.ok) return afterLinkTrouble(link, read.error);
  if (read.value.status !== STATUS.ok) return refused(link, read.value);
  const document = await documentFrom(read.value.data, decoder, simulatedReader);
  return document.ok ? document : final(document.error);
}

/**
 * Sends a command and, where the protocol says so, sends it once more: after a damaged reply, and after a status that
 * asks for it. A read that broke off is not repeated blindly: the card may have gone.
 */
export async function sendRetrying(link: CommandLink, command: Command): Promise<Result<Reply, LinkTrouble>> {
  const first = await link.send(command);
  const again = first.ok
    ? meaningOf(first.value.status).retry === 'resend'
    : first.error.kind === 'damaged' || (first.error.kind === 'broken-off' && command !== READ_BASE);
  return again ? link.send(command) : first;
}

/**
 * Turns the data of a read into a document. `card.malformed` and `card.unknown-kind` as in the layouts; the portrait
 * may be not decoded, which is no failure.
 */
export async function documentFrom(
  data: Uint8Array,
  decoder: PhotoDecoder,
  simulatedReader: boolean,
): Promise<Result<IdentityDocument, Failure>> {
  const blocks = parseBaseReply(data);
  if (!blocks.ok) return blocks;
  const text = parseTextBlock(blocks.value.text);
  if (!text.ok) return text;
  const { photo, fingerprint } = blocks.value;
  return ok({
    ...text.value,
    portrait: await portraitFrom(photo, decoder),
    ...(fingerprint === undefined ? {} : { fingerprintBytes: fingerprint.length }),
    simulated: simulatedReader || isSimulatedPhoto(photo),
  });
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

async function afterLinkTrouble(link: CommandLink, trouble: LinkTrouble): Promise<Result<never, ReadTrouble>> {
  if (trouble.kind === 'closed' || trouble.kind === 'damaged') return final(trouble.failure);
  const found = await sendRetrying(link, FIND_CARD);
  if (!found.ok) return final(found.error.failure);
  if (found.value.status === STATUS.cardFound) return err({ failure: trouble.failure, tryAgain: true });
  return final(meaningOf(found.value.status).cardGone ? PULLED : trouble.failure);
}

const PULLED = failure('card.pulled', 'the card left while it was read');

function final(failed: Failure): Result<never, ReadTrouble> {
  return err({ failure: failed, tryAgain: false });
}
