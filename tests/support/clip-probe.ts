import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Probed {
  readonly format: { readonly format_name: string; readonly duration: string };
  readonly streams: readonly {
    readonly codec_name: string;
    readonly width?: number;
    readonly height?: number;
    readonly sample_aspect_ratio?: string;
    readonly nb_read_frames: string;
  }[];
}

export function canRun(program: string): boolean {
  try {
    execFileSync(program, ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What ffprobe says after decoding the whole file. */
export function probe(bytes: Uint8Array): Probed {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  const file = join(folder, 'clip.mp4');
  writeFileSync(file, bytes);
  try {
    const options = ['-v', 'error', '-count_frames', '-show_format', '-show_streams', '-of', 'json', file];
    return JSON.parse(execFileSync('ffprobe', options, { encoding: 'utf8' })) as Probed;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
