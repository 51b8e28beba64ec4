import type { FastifyInstance } from 'fastify';

/** How long requests that are being answered may take once the verifier is told to end. */
export const CLOSE_WITHIN_MS = 10_000;

/**
 * Takes no more connections, lets running requests finish for so long, and then cuts what is left. Settles when no
 * request is running any more.
 */
export async function closeGracefully(app: FastifyInstance, withinMs: number = CLOSE_WITHIN_MS): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), withinMs);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
  }
}
