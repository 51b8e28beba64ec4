import type { FastifyRequest } from 'fastify';
import type { VerifierParts } from '../parts.ts';

/** Where others find this verifier: its public origin, or the one that the request came to. */
export function originOf(request: FastifyRequest, { publicOrigin }: Pick<VerifierParts, 'publicOrigin'>): string {
  return publicOrigin ?? `${request.protocol}://${request.headers.host ?? ''}`;
}
