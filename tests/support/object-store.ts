import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { isSignedByV4 } from './aws-signature-check.ts';
import type { S3Keys, S3Place } from '../../src/verifier/storage/s3-address.ts';
import { temporaryFolder } from './sample-store.ts';

/** The server's own test account. */
export const S3_TEST_KEYS: S3Keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

const BUCKET = 'test-bucket';

interface S3rver {
  configureBuckets(): Promise<unknown>;
  callback(): (request: unknown, response: unknown) => void;
}

export interface S3Server {
  readonly place: S3Place;
  /** As it is given on the command line. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts an S3-compatible server with one bucket on a free loopback port; it takes nothing that isn't signed. */
export async function startS3Server(): Promise<S3Server> {
  const folder = temporaryFolder();
  const S3rver = createRequire(import.meta.url)('s3rver') as new (options: object) => S3rver;
  const store = new S3rver({
    directory: folder.path,
    silent: true,
    vhostBuckets: false,
    configureBuckets: [{ name: BUCKET }],
  });
  await store.configureBuckets();
  const answer = store.callback();
  const server = createServer((request, response) => {
    // The server itself knows signatures of the old version only.
    if (isSignedByV4(request, S3_TEST_KEYS.secretAccessKey)) answer(request, response);
    else response.writeHead(403).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const endpoint = `http://127.0.0.1:${address.port}`;
  return {
    place: { endpoint, region: 'us-east-1', bucket: BUCKET, prefix: '' },
    address: `s3://${BUCKET}?endpoint=${endpoint}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      folder.remove();
    },
  };
}
