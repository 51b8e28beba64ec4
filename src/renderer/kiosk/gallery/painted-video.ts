/** A painted face in place of a camera. */
export function paintedVideo(): HTMLVideoElement {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const paint = canvas.getContext('2d');
  if (paint) {
    paint.fillStyle = '#b9b2a6';
    paint.fillRect(0, 0, 640, 480);
    paint.fillStyle = '#5f6f73';
    paint.beginPath();
    paint.ellipse(320, 500, 200, 150, 0, 0, Math.PI * 2);
    paint.fill();
    paint.fillStyle = '#d9b79c';
    paint.beginPath();
    paint.ellipse(320, 230, 92, 124, 0, 0, Math.PI * 2);
    paint.fill();
  }
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = canvas.captureStream(5);
  return video;
}
