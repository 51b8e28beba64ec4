import { decryptUnder, encryptUnder, type RandomBytes } from '../sessions/envelope.ts';
import { contextOf, unwrapKeys, type SessionKeys } from '../sessions/session-keys.ts';
import type { HandOff, HandOffSecrets, KeptRequest } from './hand-off.ts';

/** What a hand-off keeps of a person, under keys of its own that its end destroys. */
export interface HandOffVault {
  /** @param sealedIdentity compact JWE as the device sent it */
  seal(request: KeptRequest, sealedIdentity: string | null): HandOffSecrets;
  /** The JWE; null where there is none, undefined where it can't be opened: one is not the other. */
  identityOf(handOff: HandOff): string | null | undefined;
  sealVendor(handOff: Pick<HandOff, 'request' | 'secrets'>, kept: string): Buffer | null;
  vendorOf(handOff: HandOff): string | null;
}

/** Content is bound to its hand-off and to what it is: neither another's nor the other kind opens in its place. */
export function createHandOffVault(keys: SessionKeys, randomBytes: RandomBytes): HandOffVault {
  const nameOf = ({ certifyId, handOffId }: KeptRequest) => ({ certifyId, sessionId: handOffId });
  const identityKey = ({ request, secrets }: Pick<HandOff, 'request' | 'secrets'>): Buffer | null =>
    unwrapKeys(keys, nameOf(request), secrets)?.identity ?? null;
  const open = (handOff: HandOff, content: Buffer, what: string): string | undefined => {
    const key = identityKey(handOff);
    const plain = key === null ? null : decryptUnder(key, content, contextOf(nameOf(handOff.request), what));
    return plain?.toString('utf8');
  };
  return {
    seal: (request, sealedIdentity) => {
      const created = keys.create(nameOf(request));
      const context = contextOf(nameOf(request), 'hand-off-identity');
      const identity =
        sealedIdentity === null
          ? null
          : encryptUnder(created.keys.identity, Buffer.from(sealedIdentity), context, randomBytes);
      return { wrappedKeys: created.wrapped, identity, vendor: null };
    },
    identityOf: (handOff) => {
      const { identity } = handOff.secrets;
      return identity === null ? null : open(handOff, identity, 'hand-off-identity');
    },
    sealVendor: (handOff, kept) => {
      const key = identityKey(handOff);
      if (key === null) return null;
      const context = contextOf(nameOf(handOff.request), 'hand-off-vendor');
      return encryptUnder(key, Buffer.from(kept), context, randomBytes);
    },
    vendorOf: (handOff) => {
      const { vendor } = handOff.secrets;
      return vendor === null ? null : (open(handOff, vendor, 'hand-off-vendor') ?? null);
    },
  };
}
