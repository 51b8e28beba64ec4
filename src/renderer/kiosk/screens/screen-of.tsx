import type { KioskView } from '../../../shared/ipc/kiosk.ts';
import { AttractScreen } from './attract.tsx';
import { CardScreen } from './card.tsx';
import { ConsentScreen } from './consent.tsx';
import { DecidingScreen } from './deciding.tsx';
import { FaceScreen } from './face.tsx';
import { GuideScreen } from './guide.tsx';
import { MaintenanceScreen } from './maintenance.tsx';
import { OtherMethodScreen } from './other-method.tsx';
import { ResultScreen } from './result.tsx';

/** The screen that a view names. Place and light share one, so that the picture stays where it is. */
export function ScreenOf({ view }: { readonly view: KioskView }) {
  switch (view.screen) {
    case 'attract':
      return <AttractScreen />;
    case 'guide':
      return <GuideScreen />;
    case 'consent':
      return <ConsentScreen key={view.certifyId} purpose={view.purpose} retentionDays={view.retentionDays} />;
    case 'card':
      return <CardScreen phase={view.phase} problem={view.problem} />;
    case 'position':
      return <FaceScreen key="face" screen="position" hint={view.hint} nameMasked={view.nameMasked} />;
    case 'light':
      return <FaceScreen key="face" screen="light" hint={null} nameMasked={null} />;
    case 'challenge':
      return <FaceScreen key="face" screen="position" hint={null} nameMasked={null} />;
    case 'deciding':
      return <DecidingScreen />;
    case 'result':
      return <ResultScreen result={view.result} />;
    case 'other-method':
      return <OtherMethodScreen receiptNumber={view.receiptNumber} />;
    case 'maintenance':
      return <MaintenanceScreen reason={view.reason} />;
  }
}
