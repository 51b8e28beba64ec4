// Compiles the helper program that loads photo libraries of another word size, for each target whose compiler is
// installed, and says why for the others. Nothing in the product needs it unless a site sets it up.
//
//     node scripts/build-photo-helper.ts [output folder]
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './steps/paths.ts';

interface Target {
  readonly name: string;
  readonly compiler: string;
  readonly flags: readonly string[];
  readonly install: string;
}

const TARGETS: readonly Target[] = [
  { name: 'linux-ia32', compiler: 'gcc', flags: ['-m32', '-ldl'], install: 'gcc-multilib' },
  { name: 'linux-x64', compiler: 'gcc', flags: ['-m64', '-ldl'], install: 'gcc' },
  { name: 'win32-ia32.exe', compiler: 'i686-w64-mingw32-gcc', flags: ['-static'], install: 'gcc-mingw-w64-i686' },
  { name: 'win32-x64.exe', compiler: 'x86_64-w64-mingw32-gcc', flags: ['-static'], install: 'gcc-mingw-w64-x86-64' },
];

const output = resolve(process.argv[2] ?? join(root, 'out', 'native'));
mkdirSync(output, { recursive: true });
const source = join(root, 'resources', 'native', 'photo-helper.c');
let built = 0;
for (const { name, compiler, flags, install } of TARGETS) {
  const file = join(output, `photo-helper-${name}`);
  const args = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror', '-s', '-o', file, source, ...flags];
  const { status, error, stderr } = spawnSync(compiler, args, { encoding: 'utf8' });
  if (status === 0) {
    console.log(`built    ${file}`);
    built++;
    continue;
  }
  const why = error ? `${compiler} is not installed` : (stderr.split('\n').find((line) => line !== '') ?? 'failed');
  console.log(`skipped  photo-helper-${name}: ${why} (Debian: ${install})`);
}
if (built === 0) process.exitCode = 1;
