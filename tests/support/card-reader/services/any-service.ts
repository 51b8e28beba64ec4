import {
  HTTP_SERVICE_DIALECTS,
  type HttpServiceDialect,
  type ServiceDialect,
} from '../../../../src/shared/domain/reader-transport.ts';
import type { ServiceTransport } from '../../../../src/main/card-reader/vendor-services/vendor-service-source.ts';
import { FakeEstService } from './fake-est-service.ts';
import { FakeHttpService } from './fake-http-service.ts';

export interface AnyService {
  readonly fake: FakeHttpService | FakeEstService;
  readonly transport: () => ServiceTransport;
}

export function fakeServiceOf(dialect: ServiceDialect): AnyService {
  if (dialect === 'est') {
    const fake = new FakeEstService();
    return { fake, transport: () => ({ kind: 'vendor-ws', dialect, address: fake.address }) };
  }
  const fake = new FakeHttpService(dialect);
  return { fake, transport: () => ({ kind: 'vendor-http', dialect, address: fake.address }) };
}

export function isHttp(dialect: ServiceDialect): dialect is HttpServiceDialect {
  return (HTTP_SERVICE_DIALECTS as readonly string[]).includes(dialect);
}
