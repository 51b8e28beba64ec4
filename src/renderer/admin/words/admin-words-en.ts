import app from '../../../../resources/locales/en/admin/app.json' with { type: 'json' };
import section from '../../../../resources/locales/en/admin/section.json' with { type: 'json' };
import action from '../../../../resources/locales/en/admin/action.json' with { type: 'json' };
import state from '../../../../resources/locales/en/admin/state.json' with { type: 'json' };
import rights from '../../../../resources/locales/en/admin/rights.json' with { type: 'json' };
import staff from '../../../../resources/locales/en/admin/staff.json' with { type: 'json' };
import overview from '../../../../resources/locales/en/admin/overview.json' with { type: 'json' };
import documents from '../../../../resources/locales/en/admin/documents.json' with { type: 'json' };
import presentedDocuments from '../../../../resources/locales/en/admin/presented-documents.json' with { type: 'json' };
import reader from '../../../../resources/locales/en/admin/reader.json' with { type: 'json' };
import camera from '../../../../resources/locales/en/admin/camera.json' with { type: 'json' };
import identity from '../../../../resources/locales/en/admin/identity.json' with { type: 'json' };
import calibration from '../../../../resources/locales/en/admin/calibration.json' with { type: 'json' };
import verifier from '../../../../resources/locales/en/admin/verifier.json' with { type: 'json' };
import direct from '../../../../resources/locales/en/admin/direct.json' with { type: 'json' };
import outbox from '../../../../resources/locales/en/admin/outbox.json' with { type: 'json' };
import hints from '../../../../resources/locales/en/kiosk/hints.json' with { type: 'json' };
import liveQuality from '../../../../resources/locales/en/admin/live-quality.json' with { type: 'json' };
import setup from '../../../../resources/locales/en/admin/setup.json' with { type: 'json' };
import connection from '../../../../resources/locales/en/admin/connection.json' with { type: 'json' };
import effect from '../../../../resources/locales/en/admin/effect.json' with { type: 'json' };
import peripherals from '../../../../resources/locales/en/admin/peripherals.json' with { type: 'json' };
import scene from '../../../../resources/locales/en/admin/scene.json' with { type: 'json' };
import schemes from '../../../../resources/locales/en/admin/schemes.json' with { type: 'json' };
import scenes from '../../../../resources/locales/en/admin/scenes.json' with { type: 'json' };
import requests from '../../../../resources/locales/en/admin/requests.json' with { type: 'json' };
import risk from '../../../../resources/locales/en/admin/risk.json' with { type: 'json' };
import metering from '../../../../resources/locales/en/admin/metering.json' with { type: 'json' };
import privacy from '../../../../resources/locales/en/admin/privacy.json' with { type: 'json' };
import recordContext from '../../../../resources/locales/en/admin/record-context.json' with { type: 'json' };
import brand from '../../../../resources/locales/en/admin/brand.json' with { type: 'json' };
import site from '../../../../resources/locales/en/admin/site.json' with { type: 'json' };
import recordSearch from '../../../../resources/locales/en/admin/record-search.json' with { type: 'json' };
import recordSheet from '../../../../resources/locales/en/admin/record-sheet.json' with { type: 'json' };
import fileTask from '../../../../resources/locales/en/admin/file-task.json' with { type: 'json' };
import audit from '../../../../resources/locales/en/admin/audit.json' with { type: 'json' };
import staffDecision from '../../../../resources/locales/en/clerk/decision.json' with { type: 'json' };
import records from '../../../../resources/locales/en/admin/records.json' with { type: 'json' };
import record from '../../../../resources/locales/en/admin/record.json' with { type: 'json' };
import verdict from '../../../../resources/locales/en/admin/verdict.json' with { type: 'json' };
import comparison from '../../../../resources/locales/en/admin/comparison.json' with { type: 'json' };
import livenessVerdict from '../../../../resources/locales/en/admin/liveness-verdict.json' with { type: 'json' };
import basis from '../../../../resources/locales/en/admin/basis.json' with { type: 'json' };
import stage from '../../../../resources/locales/en/admin/stage.json' with { type: 'json' };
import card from '../../../../resources/locales/en/admin/card.json' with { type: 'json' };
import portrait from '../../../../resources/locales/en/admin/portrait.json' with { type: 'json' };
import presented from '../../../../resources/locales/en/admin/presented.json' with { type: 'json' };
import field from '../../../../resources/locales/en/admin/field.json' with { type: 'json' };
import report from '../../../../resources/locales/en/admin/report.json' with { type: 'json' };
import date from '../../../../resources/locales/en/admin/date.json' with { type: 'json' };
import system from '../../../../resources/locales/en/admin/system.json' with { type: 'json' };
import settingsFile from '../../../../resources/locales/en/admin/settings-file.json' with { type: 'json' };
import changedMeanwhile from '../../../../resources/locales/en/admin/changed-meanwhile.json' with { type: 'json' };
import privacyOverview from '../../../../resources/locales/en/admin/privacy-overview.json' with { type: 'json' };
import settingFields from '../../../../resources/locales/en/admin/setting-fields.json' with { type: 'json' };
import type { adminZhCn } from './admin-words-zh-cn.ts';

/** The words of the admin window in English. */
export const adminEn = {
  app,
  section,
  action,
  state,
  rights,
  staff,
  overview,
  documents,
  presentedDocuments,
  reader,
  camera,
  identity,
  calibration,
  verifier,
  direct,
  outbox,
  hints,
  liveQuality,
  setup,
  connection,
  effect,
  peripherals,
  scene,
  schemes,
  scenes,
  requests,
  risk,
  metering,
  privacy,
  recordContext,
  brand,
  site,
  records,
  recordSearch,
  recordSheet,
  fileTask,
  audit,
  staffDecision,
  record,
  verdict,
  comparison,
  livenessVerdict,
  basis,
  stage,
  card,
  portrait,
  presented,
  field,
  date,
  report,
  system,
  settingsFile,
  changedMeanwhile,
  privacyOverview,
  settingFields,
} satisfies typeof adminZhCn;
