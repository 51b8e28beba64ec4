import type { HandOffPage } from '../../shared/domain/certification.ts';
import type { ADMIN_SCHEME_CHANNELS } from '../../shared/ipc/admin-schemes.ts';
import { createMeterRows } from '../store/meter-rows.ts';
import { faceReturnHandlers } from './admin-face-return-handlers.ts';
import type { AdminHandlers, AdminParts } from './admin-handlers.ts';
import { meteringHandlers } from './admin-metering-handlers.ts';
import { privacyHandlers } from './admin-privacy-handlers.ts';
import { requestHandlers } from './admin-request-handlers.ts';
import { riskHandlers } from './admin-risk-handlers.ts';
import { sceneHandlers } from './admin-scene-handlers.ts';
import { evidenceDaysOf } from './installed-subjects.ts';

/** The pages of scenes, schemes, requests, risk, usage, privacy and returned faces. */
export function schemeHandlers(parts: AdminParts): Pick<AdminHandlers, keyof typeof ADMIN_SCHEME_CHANNELS> {
  const { installation, schemes, clock, onSettings } = parts;
  const { database } = installation;
  return {
    ...sceneHandlers({
      ...parts,
      faceReturnReady: () => schemes.desks.faceReturns.ready(),
      handOffPages: (): readonly HandOffPage[] => schemes.handOffPages(),
    }),
    ...riskHandlers({ installation, clock, onSettings }),
    ...requestHandlers({ ...schemes.requests, onCalled: onSettings, serving: installation.serving, clock }),
    ...meteringHandlers({ calls: createMeterRows(database) }),
    ...faceReturnHandlers({ faceReturn: schemes.faceReturn, onSettings }),
    ...privacyHandlers({
      database,
      erasures: schemes.erasures,
      subjects: schemes.subjects,
      clock,
      retentionDaysOf: evidenceDaysOf(installation),
    }),
  };
}
