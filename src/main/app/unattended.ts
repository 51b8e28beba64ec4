import { app } from 'electron';
import type { CertificationRecord } from '../../shared/domain/certification.ts';
import type { Application } from '../composition/application.ts';

/**
 * Carries out one certification without a visitor at the screen and prints its outcome as one JSON line. Consent is
 * given by whoever starts it with `--certify`; everything else goes the same way as with a person at the kiosk.
 */
export function runUnattended(application: Application, sceneId: string): void {
  const { service } = application;
  const end = (outcome: unknown, status: number): void => {
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
    app.exit(status);
  };
  service.onRecord((record: CertificationRecord) => {
    const { certifyId, verdict, stagesMs, simulated } = record;
    end({ certifyId, scene: record.sceneId, verdict, stagesMs, simulated }, verdict.state === 'passed' ? 0 : 1);
  });
  const wrongScene = (): void =>
    end({ error: { code: 'request.invalid', message: `no scene "${sceneId}" is configured here` } }, 2);
  if (!application.hasScene(sceneId)) return wrongScene();
  const begun = service.act({ type: 'start' });
  if (!begun.ok) return end({ error: begun.error }, 1);
  if (service.view().screen === 'guide') service.act({ type: 'continue' });
  service.act({ type: 'consent', capture: true, transmit: true });
}
