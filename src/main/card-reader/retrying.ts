import type { Result } from '../../shared/result.ts';
import type { CommandLink, LinkTrouble } from './command-link.ts';
import { READ_BASE, READ_BASE_WITH_FINGERPRINT, type Command, type Reply } from './commands.ts';
import { meaningOf } from './status-codes.ts';

/**
 * Sends a command and, where the protocol says so, sends it once more: after a damaged reply, and after a status that
 * asks for it. A read that broke off is not repeated blindly: the card may have gone.
 */
export async function sendRetrying(link: CommandLink, command: Command): Promise<Result<Reply, LinkTrouble>> {
  const first = await link.send(command);
  const again = first.ok
    ? meaningOf(first.value.status).retry === 'resend'
    : first.error.kind === 'damaged' || (first.error.kind === 'broken-off' && !readsCard(command));
  return again ? link.send(command) : first;
}

function readsCard(command: Command): boolean {
  return command === READ_BASE || command === READ_BASE_WITH_FINGERPRINT;
}
