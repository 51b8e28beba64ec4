/** Writes an export that never ends to the named file, and says when the first pieces are in it. */
import { writeExport } from '../../src/main/store/export-file.ts';
import { ok } from '../../src/shared/result.ts';

function* endless() {
  for (let done = 0; ; done += 1) yield ok({ text: `${done}\r\n`, done, of: 0 });
}

await writeExport(process.argv[2] ?? '', endless(), {
  signal: new AbortController().signal,
  onPiece: ({ done }) => {
    if (done === 100) process.stdout.write('writing\n');
  },
});
