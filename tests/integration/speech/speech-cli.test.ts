import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { speechFiles, writeFiles } from '../../support/speech/speech-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-speech-'));
});
afterEach(() => rm(folder, { recursive: true }));

function check(): Promise<{ readonly code: number; readonly json: unknown }> {
  return new Promise((resolve) => {
    const args = ['src/cli/main.ts', 'speech', 'check', folder, '--json'];
    execFile(process.execPath, args, (error, stdout) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, json: JSON.parse(stdout) as unknown }),
    );
  });
}

describe('countersign speech check', () => {
  it('names the file that is wrong and ends with 1', async () => {
    const files = speechFiles();
    files.delete('tokens.txt');
    await writeFiles(folder, files);
    const { code, json } = await check();
    expect(code).toBe(1);
    expect(json).toMatchObject({ error: { code: 'speech.unavailable' } });
    expect(JSON.stringify(json)).toContain('tokens.txt');
  });

  it('reports a model that passes, or a runtime that is not there', async () => {
    await writeFiles(folder, speechFiles());
    const { code, json } = await check();
    let installed = true;
    try {
      createRequire(import.meta.url)('sherpa-onnx-node');
    } catch {
      installed = false;
    }
    if (installed) expect(json).toMatchObject({ name: 'Tones', languages: ['zh-CN', 'en'], utteranceMs: 1_550 });
    else expect(json).toMatchObject({ error: { code: 'speech.unavailable' } });
    expect(code).toBe(installed ? 0 : 1);
  });
});
