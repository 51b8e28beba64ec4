/** A worker that decodes photos through its own worker, which its owner starts for it, as under Electron. */
import {
  libraryPhotoDecoder,
  type LibraryPhotoDecoder,
} from '../../../../src/main/card-reader/photo-library/library-photo-decoder.ts';
import { photoDecodingParts } from '../../../../src/main/card-reader/photo-library/photo-decoding-parts.ts';
import type { DecodedPhoto } from '../../../../src/main/card-reader/photo-decoder.ts';
import { hostedWorkerStarter } from '../../../../src/main/worker-process/hosted-workers.ts';
import { ownEndpoint } from '../../../../src/main/worker-process/own-endpoint.ts';
import { serve } from '../../../../src/main/worker-process/rpc.ts';
import { ok } from '../../../../src/shared/result.ts';

export type OwnerContract = {
  open: { params: { readonly path: string; readonly root: string; readonly hosted: boolean }; result: null };
  decode: { params: { readonly block: Uint8Array }; result: DecodedPhoto };
  close: { params: null; result: null };
};

const endpoint = ownEndpoint();
const startHosted = hostedWorkerStarter(endpoint);
let decoder: LibraryPhotoDecoder;

serve<OwnerContract>(
  endpoint,
  {
    open: async ({ path, root, hosted }) => {
      decoder = libraryPhotoDecoder(
        { path, call: 'unpack', vendorCode: 0, channels: 'auto', rows: 'auto', helper: null },
        { ...photoDecodingParts(hosted ? startHosted : null), folderRoots: [root] },
      );
      return ok(null);
    },
    decode: ({ block }) => decoder.decode(block),
    close: async () => {
      await decoder.close();
      return ok(null);
    },
  },
  () => process.exit(1),
);
