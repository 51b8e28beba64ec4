import { failure } from '../../../shared/reasons.ts';
import { err, ok } from '../../../shared/result.ts';
import type { Handlers } from '../../worker-process/rpc.ts';
import { bindLibrary, type BoundCall } from './library-binding.ts';
import { decodeRequestSchema, loadRequestSchema, type PhotoContract } from './photo-contract.ts';
import { sweepFolder } from './private-folder.ts';

/** The calls of the photo process: one library, one call at a time, in a folder of its own. */
export function photoHandlers(): Handlers<PhotoContract> {
  let bound: { readonly call: BoundCall; readonly folder: string } | null = null;
  return {
    hello: async () => ok(null),
    load: async (params) => {
      const request = loadRequestSchema.safeParse(params);
      if (!request.success || bound) return err(failure('request.invalid', 'load'));
      const { folder } = request.data;
      process.chdir(folder);
      const loaded = await bindLibrary(request.data);
      if (!loaded.ok) return loaded;
      bound = { call: loaded.value, folder };
      return ok(null);
    },
    decode: async (params) => {
      const request = decodeRequestSchema.safeParse(params);
      if (!request.success || !bound) return err(failure('request.invalid', 'decode'));
      const { call, folder } = bound;
      // Libraries that leave the folder leave their files elsewhere too.
      process.chdir(folder);
      const picture = await call(request.data.block);
      request.data.block.fill(0);
      await sweepFolder(folder);
      return picture;
    },
  };
}
