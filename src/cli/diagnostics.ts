import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { diagnosticsTexts, filesOf, zipTexts } from '../main/composition/diagnostics.ts';
import { checkModelFiles } from '../main/composition/health.ts';
import type { Installation } from '../main/composition/installation.ts';
import { MIGRATIONS } from '../main/store/migrations/index.ts';
import type { DiagnosticsFile } from '../shared/ipc/admin-system.ts';
import type { Failure } from '../shared/reasons.ts';
import { ok, type Result } from '../shared/result.ts';
import { appVersion } from './app-version.ts';
import { modelsFolder } from './models-folder.ts';
import { emitError, emitJson, emitText, usageProblem } from './output.ts';
import { awaitingInstallation, withSettingStore, type SettingStoreOptions } from './setting-store.ts';

interface DiagnosticsOptions extends SettingStoreOptions {
  readonly out: string;
  readonly models?: string;
}

interface Bundle {
  readonly zip: Uint8Array;
  readonly files: readonly DiagnosticsFile[];
}

/** Adds `diagnostics`. */
export function registerDiagnosticsCommand(program: Command): void {
  withSettingStore(program.command('diagnostics'))
    .requiredOption('--out <file>', 'a new file')
    .option('--models <folder>', 'folder of the models, to tell which ones are there')
    .description('write the bundle that support asks for: versions, settings, counts and the log; nothing about people')
    .action(writeDiagnostics);
}

async function writeDiagnostics(options: DiagnosticsOptions): Promise<void> {
  const json = options.json === true;
  const made = await awaitingInstallation(options, async (installation) => {
    const bundle = await bundleOf(installation, options);
    if (!bundle.ok) return bundle;
    const noted = installation.audit.append('diagnostics.exported', { bytes: bundle.value.zip.byteLength });
    return noted.ok ? bundle : noted;
  });
  if (!made.ok) return emitError(made.error, json);
  const { zip, files } = made.value;
  try {
    writeFileSync(options.out, zip, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const why = exists ? 'is there already' : 'can not be written';
    return emitError(usageProblem(`${options.out} ${why}`, 'Give another --out.'), json);
  }
  if (json) return emitJson({ file: options.out, bytes: zip.byteLength, files });
  for (const { name, bytes } of files) emitText(`${name}  ${bytes} bytes`);
  emitText(`Written to ${options.out}.`);
}

async function bundleOf(
  { settings, database }: Installation,
  { dataFolder, models: given }: DiagnosticsOptions,
): Promise<Result<Bundle, Failure>> {
  const models = await checkModelFiles(modelsFolder(given));
  const texts = await diagnosticsTexts({
    dataFolder,
    settings,
    database,
    versions: {
      appVersion: appVersion(),
      packaged: false,
      platform: `${process.platform} ${process.arch}`,
      runtime: { node: process.versions.node },
      databaseSchema: MIGRATIONS.length,
      models: models.ok ? models.value : [],
    },
    // A self-test needs the devices, which the application holds.
    selfTest: null,
  });
  if (!texts.ok) return texts;
  const zip = zipTexts(texts.value);
  return zip.ok ? ok({ zip: zip.value, files: filesOf(texts.value) }) : zip;
}
