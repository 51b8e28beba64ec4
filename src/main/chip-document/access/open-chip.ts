import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ChipAccessKey, ChipDocument } from '../../../shared/domain/travel-document.ts';
import { plainChannel, type Channel } from '../apdu/channel.ts';
import { DONE, statusName } from '../apdu/command.ts';
import { securedChannel } from '../apdu/secure-messaging.ts';
import { toHex } from '../bytes.ts';
import type { ChipLink } from '../chip-link.ts';
import { curveOfParameterId, type Curve } from '../crypto/curves.ts';
import type { Engine } from '../crypto/engine.ts';
import type { SessionCipher } from '../crypto/key-derivation.ts';
import { FILES, TRAVEL_DOCUMENT_APPLICATION } from '../files/elementary-files.ts';
import { readFile, selectFile } from '../files/read-file.ts';
import { SHORT_READ } from '../files/read-size.ts';
import { accessPassword, type AccessPassword } from './access-password.ts';
import { openByBac, type RandomBytes } from './bac.ts';
import { openByPace } from './pace.ts';
import { readPaceOffers, type PaceOffer, type PaceOffers } from './security-infos.ts';

/** A chip whose files can be read. */
export interface OpenedChip {
  readonly access: ChipDocument['access'];
  readonly channel: Channel;
}

export interface Opening {
  readonly key: ChipAccessKey;
  readonly engine: Engine;
  readonly random: RandomBytes;
}

/**
 * Opens the travel document application (Doc 9303 part 11, 4.2): by PACE when EF.CardAccess offers one that can be
 * carried out, else by BAC, else plainly where the chip asks for nothing. Fails with `chip.other-chip`,
 * `chip.access-denied`, `chip.unsupported`, `chip.malformed`, `chip.stopped`, `chip.reader-lost`.
 */
export async function openChip(link: ChipLink, opening: Opening): Promise<Result<OpenedChip, Failure>> {
  const password = accessPassword(opening.key);
  if (!password.ok) return password;
  const plain = plainChannel(link);
  const offers = await paceOffers(plain);
  if (!offers.ok) return offers;
  const choice = offers.value ? choose(offers.value, opening.engine) : null;
  if (choice) return openPace(link, plain, choice, password.value, opening);
  return openWithoutPace(link, plain, offers.value?.any === true, password.value, opening);
}

async function paceOffers(plain: Channel): Promise<Result<PaceOffers | null, Failure>> {
  const file = await readFile(plain, FILES.cardAccess, { readBytes: SHORT_READ });
  if (!file.ok) return file;
  return file.value ? readPaceOffers(file.value) : ok(null);
}

interface Choice {
  readonly offer: PaceOffer;
  readonly curve: Curve;
  readonly ambiguous: boolean;
}

function choose({ usable, ambiguous }: PaceOffers, engine: Engine): Choice | null {
  for (const offer of usable) {
    const curve = curveOfParameterId(offer.parameterId);
    if (curve && canCipher(engine, offer.cipher)) return { offer, curve, ambiguous };
  }
  return null;
}

function canCipher(engine: Engine, cipher: SessionCipher): boolean {
  return cipher === '3des' ? engine.tripleDes : engine.aes.includes(Number(cipher.slice(4)));
}

async function openPace(
  link: ChipLink,
  plain: Channel,
  choice: Choice,
  password: AccessPassword,
  { random }: Opening,
): Promise<Result<OpenedChip, Failure>> {
  const session = await openByPace(plain, choice, password, (curve) => randomScalar(curve, random));
  if (!session.ok) return session;
  const channel = securedChannel(link, session.value);
  const selected = await selectApplication(channel);
  return selected.ok ? ok({ access: 'pace', channel }) : selected;
}

/** Uniform in 1 … order - 1 but for a bias below 2^-64 (FIPS 186-5, A.2.1). */
export function randomScalar({ order, fieldBytes }: Curve, random: RandomBytes): bigint {
  return (BigInt(`0x${toHex(random(fieldBytes + 8))}`) % (order - 1n)) + 1n;
}

async function openWithoutPace(
  link: ChipLink,
  plain: Channel,
  paceOnly: boolean,
  password: AccessPassword,
  { engine, random }: Opening,
): Promise<Result<OpenedChip, Failure>> {
  const selected = await selectApplication(plain);
  // A chip that has given up BAC shows its application only behind PACE.
  if (!selected.ok) return paceOnly && selected.error.code === 'chip.other-chip' ? unsupportedPace() : selected;
  const open = await readsPlainly(plain);
  if (!open.ok) return open;
  if (open.value) return ok({ access: 'none', channel: plain });
  if (password.kind === 'can') {
    return err(
      failure('chip.access-denied', 'this chip opens by the machine-readable zone, not by a card access number'),
    );
  }
  if (!engine.tripleDes) return err(failure('chip.unsupported', 'this program’s engine has no triple DES'));
  const session = await openByBac(plain, password, random);
  if (session.ok) return ok({ access: 'bac', channel: securedChannel(link, session.value) });
  return paceOnly && session.error.code === 'chip.unsupported' ? unsupportedPace() : session;
}

async function selectApplication(channel: Channel): Promise<Result<null, Failure>> {
  const data = TRAVEL_DOCUMENT_APPLICATION;
  const answer = await channel.send({ classByte: 0, instruction: 0xa4, p1: 0x04, p2: 0x0c, data });
  if (!answer.ok) return answer;
  const { status } = answer.value;
  return status === DONE ? ok(null) : err(failure('chip.other-chip', statusName(status)));
}

/** Whether the chip gives its files without access control. */
async function readsPlainly(plain: Channel): Promise<Result<boolean, Failure>> {
  const status = await selectFile(plain, FILES.common);
  if (!status.ok) return status;
  if (status.value !== DONE) return ok(false);
  const first = await plain.send({ classByte: 0, instruction: 0xb0, p1: 0, p2: 0, expected: 1 });
  return first.ok ? ok(first.value.status === DONE) : first;
}

function unsupportedPace(): { readonly ok: false; readonly error: Failure } {
  return err(failure('chip.unsupported', 'the chip offers PACE in forms that are not supported'));
}
