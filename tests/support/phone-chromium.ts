import { execFileSync } from 'node:child_process';
import { chromium, type Browser, type Page } from '@playwright/test';

/** A phone's browser in a window of a phone's size, with a clip for its camera. */
export interface PhoneChromium {
  readonly page: Page;
  close(): Promise<void>;
}

/** Makes the clip of a person into what Chromium plays as its camera, 800 × 600, over and over. */
export function cameraFile(clip: string, file: string, { fromSeconds = 10, seconds = 8 } = {}): void {
  const shape = ['-vf', 'scale=800:640,crop=800:600', '-r', '25', '-an', '-c:v', 'mjpeg', '-q:v', '3'];
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-ss',
    String(fromSeconds),
    '-i',
    clip,
    '-t',
    String(seconds),
    ...shape,
    file,
  ]);
}

/** @param camera MJPEG file; null: the phone has none */
export async function openPhone(
  executablePath: string,
  camera: string | null,
  options: { readonly locale: string; readonly userAgent?: string; readonly denied?: boolean },
): Promise<PhoneChromium> {
  const fake =
    camera === null ? [] : ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`];
  const prompt = options.denied === true ? '--deny-permission-prompts' : '--use-fake-ui-for-media-stream';
  const browser: Browser = await chromium.launch({ executablePath, args: [...fake, prompt] });
  const { locale, userAgent } = options;
  const context = await browser.newContext({
    locale,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    ...(userAgent === undefined ? {} : { userAgent }),
  });
  return { page: await context.newPage(), close: () => browser.close() };
}
