import { simulatedFaceSchema, type SimulatedFace } from './simulated-face.ts';

/** What a simulated person is made of. */
export interface FacePhoto {
  readonly face: SimulatedFace;
  readonly picture: ImageBitmap;
}

const LOAD_TIMEOUT_MS = 5_000;

/** The photo and the mesh that lie beside a person's clip; null when they can't be had. */
export async function loadFacePhoto(clipUrl: string): Promise<FacePhoto | null> {
  const beside = async (extension: string): Promise<Response> => {
    const response = await fetch(clipUrl.replace(/\.webm$/, extension), {
      signal: AbortSignal.timeout(LOAD_TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return response;
  };
  try {
    const [json, png] = await Promise.all([beside('.json'), beside('.png')]);
    const parsed = simulatedFaceSchema.safeParse(await json.json());
    return parsed.success ? { face: parsed.data, picture: await createImageBitmap(await png.blob()) } : null;
  } catch {
    return null;
  }
}

/** Plays a clip in a loop from a moment on; null when it doesn't play. */
export async function loadClip(url: string, startSeconds: number): Promise<HTMLVideoElement | null> {
  const video = document.createElement('video');
  video.muted = true;
  video.loop = true;
  video.playsInline = true;
  video.src = url;
  const playing = new Promise<boolean>((resolve) => {
    video.addEventListener('error', () => resolve(false), { once: true });
    video.addEventListener('playing', () => resolve(true), { once: true });
    setTimeout(() => resolve(false), LOAD_TIMEOUT_MS);
  });
  video.currentTime = startSeconds;
  video.play().catch(() => video.dispatchEvent(new Event('error')));
  if (await playing) return video;
  unloadClip(video);
  return null;
}

export function unloadClip(video: HTMLVideoElement): void {
  video.pause();
  video.removeAttribute('src');
  video.load();
}
