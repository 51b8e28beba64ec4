import app from '../../../../resources/locales/zh-CN/admin/app.json' with { type: 'json' };
import section from '../../../../resources/locales/zh-CN/admin/section.json' with { type: 'json' };
import action from '../../../../resources/locales/zh-CN/admin/action.json' with { type: 'json' };
import state from '../../../../resources/locales/zh-CN/admin/state.json' with { type: 'json' };
import rights from '../../../../resources/locales/zh-CN/admin/rights.json' with { type: 'json' };
import staff from '../../../../resources/locales/zh-CN/admin/staff.json' with { type: 'json' };
import overview from '../../../../resources/locales/zh-CN/admin/overview.json' with { type: 'json' };
import documents from '../../../../resources/locales/zh-CN/admin/documents.json' with { type: 'json' };
import presentedDocuments from '../../../../resources/locales/zh-CN/admin/presented-documents.json' with { type: 'json' };
import reader from '../../../../resources/locales/zh-CN/admin/reader.json' with { type: 'json' };
import camera from '../../../../resources/locales/zh-CN/admin/camera.json' with { type: 'json' };
import identity from '../../../../resources/locales/zh-CN/admin/identity.json' with { type: 'json' };
import calibration from '../../../../resources/locales/zh-CN/admin/calibration.json' with { type: 'json' };
import verifier from '../../../../resources/locales/zh-CN/admin/verifier.json' with { type: 'json' };
import direct from '../../../../resources/locales/zh-CN/admin/direct.json' with { type: 'json' };
import outbox from '../../../../resources/locales/zh-CN/admin/outbox.json' with { type: 'json' };
import hints from '../../../../resources/locales/zh-CN/kiosk/hints.json' with { type: 'json' };
import liveQuality from '../../../../resources/locales/zh-CN/admin/live-quality.json' with { type: 'json' };
import setup from '../../../../resources/locales/zh-CN/admin/setup.json' with { type: 'json' };
import connection from '../../../../resources/locales/zh-CN/admin/connection.json' with { type: 'json' };
import effect from '../../../../resources/locales/zh-CN/admin/effect.json' with { type: 'json' };
import peripherals from '../../../../resources/locales/zh-CN/admin/peripherals.json' with { type: 'json' };
import scene from '../../../../resources/locales/zh-CN/admin/scene.json' with { type: 'json' };
import schemes from '../../../../resources/locales/zh-CN/admin/schemes.json' with { type: 'json' };
import scenes from '../../../../resources/locales/zh-CN/admin/scenes.json' with { type: 'json' };
import requests from '../../../../resources/locales/zh-CN/admin/requests.json' with { type: 'json' };
import risk from '../../../../resources/locales/zh-CN/admin/risk.json' with { type: 'json' };
import metering from '../../../../resources/locales/zh-CN/admin/metering.json' with { type: 'json' };
import privacy from '../../../../resources/locales/zh-CN/admin/privacy.json' with { type: 'json' };
import recordContext from '../../../../resources/locales/zh-CN/admin/record-context.json' with { type: 'json' };
import brand from '../../../../resources/locales/zh-CN/admin/brand.json' with { type: 'json' };
import site from '../../../../resources/locales/zh-CN/admin/site.json' with { type: 'json' };
import recordSearch from '../../../../resources/locales/zh-CN/admin/record-search.json' with { type: 'json' };
import recordSheet from '../../../../resources/locales/zh-CN/admin/record-sheet.json' with { type: 'json' };
import fileTask from '../../../../resources/locales/zh-CN/admin/file-task.json' with { type: 'json' };
import audit from '../../../../resources/locales/zh-CN/admin/audit.json' with { type: 'json' };
import staffDecision from '../../../../resources/locales/zh-CN/clerk/decision.json' with { type: 'json' };
import records from '../../../../resources/locales/zh-CN/admin/records.json' with { type: 'json' };
import record from '../../../../resources/locales/zh-CN/admin/record.json' with { type: 'json' };
import verdict from '../../../../resources/locales/zh-CN/admin/verdict.json' with { type: 'json' };
import comparison from '../../../../resources/locales/zh-CN/admin/comparison.json' with { type: 'json' };
import livenessVerdict from '../../../../resources/locales/zh-CN/admin/liveness-verdict.json' with { type: 'json' };
import basis from '../../../../resources/locales/zh-CN/admin/basis.json' with { type: 'json' };
import stage from '../../../../resources/locales/zh-CN/admin/stage.json' with { type: 'json' };
import card from '../../../../resources/locales/zh-CN/admin/card.json' with { type: 'json' };
import portrait from '../../../../resources/locales/zh-CN/admin/portrait.json' with { type: 'json' };
import presented from '../../../../resources/locales/zh-CN/admin/presented.json' with { type: 'json' };
import field from '../../../../resources/locales/zh-CN/admin/field.json' with { type: 'json' };
import report from '../../../../resources/locales/zh-CN/admin/report.json' with { type: 'json' };
import date from '../../../../resources/locales/zh-CN/admin/date.json' with { type: 'json' };
import system from '../../../../resources/locales/zh-CN/admin/system.json' with { type: 'json' };
import settingsFile from '../../../../resources/locales/zh-CN/admin/settings-file.json' with { type: 'json' };
import changedMeanwhile from '../../../../resources/locales/zh-CN/admin/changed-meanwhile.json' with { type: 'json' };
import privacyOverview from '../../../../resources/locales/zh-CN/admin/privacy-overview.json' with { type: 'json' };
import settingFields from '../../../../resources/locales/zh-CN/admin/setting-fields.json' with { type: 'json' };

/** The words of the admin window in Chinese; the English ones have the same keys. */
export const adminZhCn = {
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
};
