import { existsSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readerTransportSchema } from '../../shared/domain/reader-transport.ts';
import { sceneSchema } from '../../shared/domain/scene.ts';
import { siteSchema } from '../../shared/domain/site.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Installation } from './installation.ts';

export const PROVISIONING_FILE = 'provisioning.json';

/**
 * Settings that an installer leaves in the data folder for the first start. The file is taken over once and then
 * removed; an enrolment code in it is good for one use anyway.
 */
export const provisioningSchema = z.strictObject({
  scene: sceneSchema.optional(),
  site: siteSchema.optional(),
  reader: readerTransportSchema.optional(),
  verifier: z.strictObject({ address: z.url().max(300), code: z.string().min(4).max(20) }).optional(),
});
export type Provisioning = z.infer<typeof provisioningSchema>;

/**
 * Takes over the provisioning file if there is one.
 *
 * @param enrol enrols at the verifier; a failure keeps the file, so that the next start tries again.
 * @returns whether there was a file; `request.invalid` naming the field that doesn't fit.
 */
export async function takeProvisioning(
  dataFolder: string,
  { settings }: Pick<Installation, 'settings'>,
  enrol: (address: string, code: string) => Promise<Result<null, Failure>>,
): Promise<Result<boolean, Failure>> {
  const file = join(dataFolder, PROVISIONING_FILE);
  if (!existsSync(file)) return ok(false);
  const parsed = provisioningSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') || 'the file';
    return err(failure('request.invalid', `${PROVISIONING_FILE}: ${field}`));
  }
  const { scene, site, reader, verifier } = parsed.data;
  const writes = [
    scene && settings.write('scene', scene),
    site && settings.write('site', site),
    reader && settings.write('reader', reader),
  ];
  const refused = writes.find((write) => write !== undefined && !write.ok);
  if (refused && !refused.ok) return refused;
  if (verifier) {
    const enrolled = await enrol(verifier.address, verifier.code);
    if (!enrolled.ok) return enrolled;
  }
  unlinkSync(file);
  return ok(true);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
