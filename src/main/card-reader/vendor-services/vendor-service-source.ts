import type { HttpServiceDialect, ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import type { CardSource } from '../card-source.ts';
import type { Timing } from '../timing.ts';
import { CERTCTL } from './certctl.ts';
import { CVR } from './cvr.ts';
import { EST_CARD } from './est-card.ts';
import { EstService } from './est-service.ts';
import type { HttpDialect } from './http-dialect.ts';
import { HttpService } from './http-service.ts';
import { READ_CARD_CGI } from './read-card-cgi.ts';
import { READ_MSG } from './read-msg.ts';
import { ServiceSource } from './service-source.ts';

export type ServiceTransport = Extract<ReaderTransport, { kind: 'vendor-http' | 'vendor-ws' }>;

export const HTTP_DIALECTS: Readonly<Record<HttpServiceDialect, HttpDialect>> = {
  cvr: CVR,
  certctl: CERTCTL,
  'est-card': EST_CARD,
  'read-msg': READ_MSG,
  'read-card-cgi': READ_CARD_CGI,
};

/** A fresh, unopened source of cards over a vendor's service. Of the address only scheme, host and port count. */
export function vendorServiceSource(transport: ServiceTransport, { timing }: { readonly timing: Timing }): CardSource {
  const address = new URL(transport.address);
  return transport.kind === 'vendor-http'
    ? new ServiceSource(new HttpService(HTTP_DIALECTS[transport.dialect], address, timing), timing)
    : new ServiceSource(new EstService(address, timing), timing);
}
