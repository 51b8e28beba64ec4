import type { ServiceDialect } from './reader-transport.ts';

/**
 * Where vendors' reader services listen as they are installed, by dialect. Source: the web counters that call them;
 * each can be set to another port by whoever installs it.
 */
export const USUAL_SERVICE_ADDRESSES: Readonly<Record<ServiceDialect, string>> = {
  cvr: 'http://127.0.0.1:19196',
  certctl: 'http://127.0.0.1:18889',
  'est-card': 'http://127.0.0.1:38088',
  'read-msg': 'http://127.0.0.1:8989',
  'read-card-cgi': 'http://127.0.0.1:8000',
  est: 'ws://127.0.0.1:33666',
};
