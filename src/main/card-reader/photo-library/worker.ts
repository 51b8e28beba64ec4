/** Entry of the photo process: a vendor's library runs here and nowhere else, so that it can only break this. */
import { ownEndpoint } from '../../worker-process/own-endpoint.ts';
import { serve } from '../../worker-process/rpc.ts';
import type { PhotoContract } from './photo-contract.ts';
import { photoHandlers } from './photo-handlers.ts';

serve<PhotoContract>(ownEndpoint(), photoHandlers(), () => {
  // The reply has to leave first.
  setTimeout(() => process.exit(1), 50);
});
