import { useEffect, useState } from 'react';
import type { OpenedCamera } from '../../../shared/domain/camera-identity.ts';
import type { CameraPreview } from '../environment.ts';

/** An open camera together with what it says of itself. */
export type DescribedPreview = Pick<CameraPreview, 'label' | 'width' | 'height'> & { readonly opened: OpenedCamera };

/** Asks an open camera for its description; null without a camera and until it has answered. */
export function useDescribed(preview: CameraPreview | null): DescribedPreview | null {
  const [described, setDescribed] = useState<{ of: CameraPreview; value: DescribedPreview } | null>(null);
  useEffect(() => {
    if (preview === null) return;
    let left = false;
    const { label, width, height } = preview;
    void preview.describe().then((opened) => {
      if (!left) setDescribed({ of: preview, value: { label: label.slice(0, 200), width, height, opened } });
    });
    return () => {
      left = true;
    };
  }, [preview]);
  return described !== null && described.of === preview ? described.value : null;
}
