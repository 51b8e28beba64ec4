import type { CustomScheme, Protocol } from 'electron';
import { strictObject } from './not-provided.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

const standardSchemes = new Set<string>();
const handlers = new Map<string, SchemeHandler>();

const APP_ADDRESS = /^([a-z][a-z\d+-]*):\/\/([^/?#]+)(.*)$/i;
const PAGE_ADDRESS = /^http:\/\/([^/?#]+)\.([a-z][a-z\d+-]*)\.localhost(?:[/?#].*)?$/i;

/**
 * The address a page is really loaded from: `app://kiosk/x` becomes `http://kiosk.app.localhost/x`, a secure context
 * that is answered by interception and never reaches a network. Addresses of other schemes stay as they are.
 */
export function toPageAddress(address: string): string {
  const parts = APP_ADDRESS.exec(address);
  const scheme = parts?.[1]?.toLowerCase() ?? '';
  return parts && standardSchemes.has(scheme) ? `http://${parts[2]}.${scheme}.localhost${parts[3] || '/'}` : address;
}

/** The reverse of {@link toPageAddress}: what the application calls the address. */
export function toAppAddress(address: string): string {
  const parts = PAGE_ADDRESS.exec(address);
  const [, host, scheme] = parts ?? [];
  if (host === undefined || scheme === undefined || !standardSchemes.has(scheme)) return address;
  return `${scheme}://${host}${address.slice(`http://${host}.${scheme}.localhost`.length)}`;
}

/** The handler for an application's address; `'none'` for a custom scheme without one; `undefined` for other schemes. */
export function schemeHandler(appAddress: string): SchemeHandler | 'none' | undefined {
  const scheme = appAddress.slice(0, appAddress.indexOf(':')).toLowerCase();
  return handlers.get(scheme) ?? (standardSchemes.has(scheme) ? 'none' : undefined);
}

export const protocol = strictObject('protocol', {
  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]): void {
    for (const { scheme, privileges } of schemes) {
      if (!privileges?.standard)
        throw new Error(`the stand-in does not provide a scheme that isn't standard: ${scheme}`);
      standardSchemes.add(scheme.toLowerCase());
    }
  },
  handle(scheme: string, handler: SchemeHandler): void {
    if (!standardSchemes.has(scheme)) throw new Error(`register the scheme ${scheme} as privileged and standard first`);
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
}) satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'>;
