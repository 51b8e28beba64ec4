import { createHash } from 'node:crypto';
import type { Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CommandLink, LinkTrouble } from './command-link.ts';
import { READ_APPENDED_ADDRESS, READ_CARD_MANAGEMENT_NUMBER, type Command, type Reply } from './commands.ts';
import type { CardPresence } from './contract.ts';
import { sendRetrying } from './retrying.ts';
import { STATUS, isUnsupported, meaningOf, statusFailure } from './status-codes.ts';

/** How the card of the last read is known again: a question that only a selected card answers, and its answer. */
export interface RememberedCard {
  /** Null when the module knows none of the questions. */
  readonly question: Command | null;
  /** A digest of what the card answered; null when that wasn't learned. */
  readonly answer: string | null;
}

/** The management number tells cards apart; where a module can't read it, the address only tells that one is there. */
const QUESTIONS = [READ_CARD_MANAGEMENT_NUMBER, READ_APPENDED_ADDRESS] as const;

/** A module that doesn't know the question and keeps silent holds up one read of its life by this. */
const NUMBER_TIMEOUT_MS = 1000;

/**
 * Asks a selected card for its management number before it is read, so that nothing can come between the two: a card
 * that takes its place afterwards answers otherwise. Null when the module doesn't give the number at this point.
 */
export async function numberOfSelected(link: CommandLink): Promise<RememberedCard | null> {
  const question = READ_CARD_MANAGEMENT_NUMBER;
  const answer = answerOf(link, await link.send(question, NUMBER_TIMEOUT_MS));
  return answer === null ? null : { question, answer };
}

/** Asks the card that was just read what it will be known by, where its number wasn't learned before. */
export async function rememberCard(link: CommandLink): Promise<RememberedCard> {
  for (const question of QUESTIONS) {
    const sent = await sendRetrying(link, question);
    if (sent.ok && isUnsupported(sent.value.status)) continue;
    return { question, answer: answerOf(link, sent) };
  }
  return { question: null, answer: null };
}

/**
 * Whether the remembered card still lies on the reader. Searching can't tell: after a read it finds nothing until the
 * card has left. Without a card to remember, one that answers is `other`. An unclear answer is a failure.
 */
export async function presenceOf(
  link: CommandLink,
  remembered: RememberedCard | null,
): Promise<Result<CardPresence, Failure>> {
  const question = remembered === null ? READ_CARD_MANAGEMENT_NUMBER : remembered.question;
  if (question === null) return ok('unknown');
  const first = await askPresence(link, question, remembered);
  // Replies don't name their question, and a late one to another must not make an exchanged card of the right one.
  const isDoubtful = first.ok && first.value === 'other' && remembered !== null;
  return isDoubtful ? askPresence(link, question, remembered) : first;
}

async function askPresence(
  link: CommandLink,
  question: Command,
  remembered: RememberedCard | null,
): Promise<Result<CardPresence, Failure>> {
  const sent = await sendRetrying(link, question);
  if (!sent.ok) return err(sent.error.failure);
  const { status } = sent.value;
  const answer = answerOf(link, sent);
  if (answer === null) {
    if (remembered === null && isUnsupported(status)) return ok('unknown');
    return meaningOf(status).cardGone ? ok('gone') : err(statusFailure(status));
  }
  if (remembered === null) return ok('other');
  if (remembered.answer === null) return ok('unknown');
  return ok(answer === remembered.answer ? 'same' : 'other');
}

/** Numbers and addresses of cards are kept as digests only. */
function answerOf(link: CommandLink, sent: Result<Reply, LinkTrouble>): string | null {
  if (!sent.ok) return null;
  const { status, data } = sent.value;
  if (status === STATUS.notOnCard) return 'none';
  if (status !== STATUS.ok) return null;
  const digest = createHash('sha256').update(data).digest('hex');
  data.fill(0);
  link.wipe();
  return digest;
}
