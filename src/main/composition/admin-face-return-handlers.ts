import type { AdminHandlers } from './admin-handlers.ts';
import type { FaceReturnService } from './face-return-desk.ts';

export interface FaceReturnHandlerParts {
  readonly faceReturn: Pick<FaceReturnService, 'status' | 'save' | 'tryOut'>;
  readonly onSettings: () => void;
}

type FaceReturnChannel = 'admin:face-return' | 'admin:save-face-return' | 'admin:try-face-return';

/** Where face pictures go that scenes return. */
export function faceReturnHandlers({
  faceReturn,
  onSettings,
}: FaceReturnHandlerParts): Pick<AdminHandlers, FaceReturnChannel> {
  return {
    'admin:face-return': () => faceReturn.status(),
    'admin:save-face-return': ({ destination, keys }) => {
      const saved = faceReturn.save(destination, keys);
      if (saved.ok) onSettings();
      return saved;
    },
    'admin:try-face-return': () => faceReturn.tryOut(),
  };
}
