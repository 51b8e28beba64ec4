/** The picture that a video shows now, as a JPEG file whose longer side is at most `longest`; null before it shows any. */
export async function stillPicture(
  video: HTMLVideoElement,
  longest: number,
  quality: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0 || videoHeight === 0) return null;
  const scale = Math.min(1, longest / Math.max(videoWidth, videoHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(scale * videoWidth);
  canvas.height = Math.round(scale * videoHeight);
  canvas.getContext('2d', { alpha: false })?.drawImage(video, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  canvas.width = 0;
  return blob ? new Uint8Array(await blob.arrayBuffer()) : null;
}
