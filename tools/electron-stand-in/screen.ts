import type { Display, Rectangle, Screen } from 'electron';
import { strictEmitter } from './not-provided.ts';

const DEFAULT_SIZE = '1366x768';

/** The one display, sized by `COUNTERSIGN_DISPLAY` (`1080x1920`: pixels, width by height). */
export function displayBounds(env: NodeJS.ProcessEnv = process.env): Rectangle {
  const text = env['COUNTERSIGN_DISPLAY'] ?? DEFAULT_SIZE;
  const [, width, height] = /^(\d{2,5})x(\d{2,5})$/.exec(text) ?? [];
  if (width === undefined || height === undefined)
    throw new Error(`COUNTERSIGN_DISPLAY must look like 1080x1920: ${text}`);
  return { x: 0, y: 0, width: Number(width), height: Number(height) };
}

function primaryDisplay(): Display {
  const bounds = displayBounds();
  const size = { width: bounds.width, height: bounds.height };
  return {
    ...{ id: 1, label: 'stand-in', internal: true, detected: true, rotation: 0, scaleFactor: 1, monochrome: false },
    ...{ bounds, workArea: bounds, size, workAreaSize: size, nativeOrigin: { x: 0, y: 0 } },
    ...{ colorDepth: 24, depthPerComponent: 8, colorSpace: '', displayFrequency: 60 },
    ...{ accelerometerSupport: 'unknown', touchSupport: 'unknown', maximumCursorSize: { width: 0, height: 0 } },
  };
}

type Provided = Pick<Screen, 'getPrimaryDisplay' | 'getAllDisplays' | 'getDisplayMatching' | 'getDisplayNearestPoint'>;

/** `screen`: its events can be listened to, but displays neither come nor go. */
class StandInScreen
  extends strictEmitter('screen', ['display-added', 'display-removed', 'display-metrics-changed'])
  implements Provided
{
  getPrimaryDisplay(): Display {
    return primaryDisplay();
  }
  getAllDisplays(): Display[] {
    return [primaryDisplay()];
  }
  getDisplayMatching(): Display {
    return primaryDisplay();
  }
  getDisplayNearestPoint(): Display {
    return primaryDisplay();
  }
}

export const screen = new StandInScreen();
