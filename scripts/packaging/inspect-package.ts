import { extractAll, extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { modelManifestSchema } from '../../src/main/inference/model-manifest.ts';

/** One thing that a package has to be, whether it is, and what was found. */
export interface PackageCheck {
  readonly name: string;
  readonly passed: boolean;
  readonly found: string;
}

const importReportSchema = z.object({ count: z.int().nonnegative(), failed: z.array(z.string()) });

const REQUIRED_IN_ASAR = [
  'package.json',
  'out/main/index.js',
  'out/main/inference.js',
  'out/main/device.js',
  'out/main/speech.js',
  'out/preload/kiosk.cjs',
  'out/preload/admin.cjs',
  'out/renderer/kiosk/index.html',
  'out/renderer/admin/index.html',
];
/** Ours that never ships: sources, tests, the stand-in, galleries, source maps. */
const FORBIDDEN_IN_ASAR = /^(src|tests|tools|scripts|docs|models)\/|^out\/.*(\.map$|gallery)|(^|\/)\.inputs$/;
const MEDIA = /\.(webm|mp4|y4m|mjpeg|mkv|mov|avi)$/i;
const BINARY = /\.(node|so[.\d]*|dll|dylib)$/;
/** All but the one macOS binary of the serial port, which no pattern can tell from the macOS package's own. */
const FOREIGN = /darwin(?!-x64\+arm64\/)|win32|android|(?<!\+)arm/;
/** Native parts that the product can't run without, as they are on 64-bit Linux. */
const NATIVE_PARTS = [
  'onnxruntime_binding.node',
  'libonnxruntime.so.1',
  'better-sqlite3-multiple-ciphers/prebuilds/linux-x64.node',
  'sharp-linux-x64',
  'libvips-cpp',
  'argon2',
  'bindings-cpp',
];

/** How a fuse is written in the binary: the digit 0 or 1. */
const FUSE_OFF = 0x30;
const FUSE_ON = 0x31;
const WANTED_FUSES: readonly (readonly [FuseV1Options, boolean])[] = [
  [FuseV1Options.RunAsNode, false],
  [FuseV1Options.EnableCookieEncryption, true],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, false],
  [FuseV1Options.EnableNodeCliInspectArguments, false],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, true],
  [FuseV1Options.OnlyLoadAppFromAsar, true],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, false],
];

function check(name: string, problems: readonly string[], good: string): PackageCheck {
  const shown = problems.slice(0, 3).join(', ') + (problems.length > 3 ? ` and ${problems.length - 3} more` : '');
  return { name, passed: problems.length === 0, found: problems.length === 0 ? good : shown };
}

function filesUnder(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function checkAsar(asar: string): readonly PackageCheck[] {
  const listed = listPackage(asar, { isPack: false }).map((name) => name.slice(1).replaceAll('\\', '/'));
  const present = new Set(listed);
  const manifest: unknown = JSON.parse(extractFile(asar, 'package.json').toString('utf8'));
  const main = typeof manifest === 'object' && manifest !== null && 'main' in manifest ? String(manifest.main) : '';
  return [
    check(
      'app.asar has what the product starts',
      REQUIRED_IN_ASAR.filter((name) => !present.has(name)),
      `${listed.length} entries`,
    ),
    check(
      'app.asar has nothing of ours that must not ship',
      listed.filter((name) => FORBIDDEN_IN_ASAR.test(name)),
      'none',
    ),
    check('package.json main is there', present.has(main) ? [] : [main], main),
  ];
}

function checkNatives(unpacked: readonly string[], asar: string): readonly PackageCheck[] {
  const packedIn = listPackage(asar, { isPack: true }).filter(
    (line) => line.startsWith('pack ') && BINARY.test(line.trim()),
  );
  const missing = NATIVE_PARTS.filter((part) => !unpacked.some((name) => name.includes(part)));
  const foreign = unpacked.filter((name) => BINARY.test(name) && FOREIGN.test(name));
  return [
    check(
      'native modules are unpacked',
      packedIn,
      `${unpacked.filter((name) => name.endsWith('.node')).length} .node files`,
    ),
    check('every native part is there', missing, `${NATIVE_PARTS.length} of ${NATIVE_PARTS.length}`),
    check('no binaries for other systems', foreign, 'none'),
  ];
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function checkModels(folder: string): PackageCheck {
  const name = 'models match the shipped manifest';
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) return check(name, ['manifest.json missing'], '');
  const manifest = modelManifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!manifest.success) return check(name, ['manifest.json is not a manifest'], '');
  const { models, voice } = manifest.data;
  const wanted = [...models, ...(voice ? [voice] : [])].map(({ file, sha256 }) => ({ file, hash: sha256 }));
  const wrong = wanted.filter(
    (model) => !existsSync(join(folder, model.file)) || sha256(join(folder, model.file)) !== model.hash,
  );
  const extra = readdirSync(folder).filter(
    (one) => one !== 'manifest.json' && !wanted.some((model) => model.file === one),
  );
  return check(name, [...wrong.map((model) => model.file), ...extra], `${wanted.length} models`);
}

/** Imports each dependency out of the package alone, so that a file left out of it shows. Prints what failed. */
const IMPORT_ALL = `
  import { readFileSync } from 'node:fs';
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const names = Object.keys(dependencies);
  const failed = [];
  for (const name of names) await import(name).catch((error) => failed.push(name + ': ' + error.message.split('\\n')[0]));
  console.log(JSON.stringify({ count: names.length, failed }));
  process.exit(0);
`;

function checkDependencies(asar: string): PackageCheck {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-asar-'));
  try {
    extractAll(asar, folder);
    const run = spawnSync(process.execPath, ['--input-type=module', '--eval', IMPORT_ALL], {
      cwd: folder,
      encoding: 'utf8',
    });
    const line = run.stdout.trim().split('\n').at(-1) ?? '';
    const { count, failed } = importReportSchema.parse(
      JSON.parse(line === '' ? '{"count":0,"failed":["the run crashed"]}' : line),
    );
    return check('every dependency loads out of the package', failed, `${count} of ${count}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function checkFuses(executable: string): Promise<PackageCheck> {
  const wire = await getCurrentFuseWire(executable);
  const wrong = WANTED_FUSES.filter(([fuse, on]) => Number(wire[fuse]) !== (on ? FUSE_ON : FUSE_OFF));
  const names = wrong.map(([fuse]) => FuseV1Options[fuse] ?? String(fuse));
  return check('fuses are set', names, `${WANTED_FUSES.length} of ${WANTED_FUSES.length}`);
}

/** Looks into a packaged application folder (Linux) and says for each requirement whether it holds. */
export async function inspectPackage(appFolder: string, executableName: string): Promise<readonly PackageCheck[]> {
  const resources = join(appFolder, 'resources');
  const asar = join(resources, 'app.asar');
  if (!existsSync(asar)) return [check('app.asar exists', ['missing'], '')];
  const shipped = filesUnder(appFolder);
  const media = [...shipped, ...listPackage(asar, { isPack: false })].filter((name) => MEDIA.test(name));
  return [
    ...checkAsar(asar),
    ...checkNatives(filesUnder(join(resources, 'app.asar.unpacked')), asar),
    checkDependencies(asar),
    checkModels(join(resources, 'models')),
    check(
      'udev rules are shipped',
      shipped.includes('resources/resources/udev/60-countersign-readers.rules') ? [] : ['missing'],
      '1 file',
    ),
    check('no media clips', media, 'none'),
    await checkFuses(join(appFolder, executableName)),
  ];
}
