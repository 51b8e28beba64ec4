import type { ADMIN_SYSTEM_CHANNELS, TerminalState, VersionState } from '../../shared/ipc/admin-system.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { localDayOf } from '../store/local-day.ts';
import { MIGRATIONS } from '../store/migrations/index.ts';
import { createReviewQueue } from '../store/review-queue.ts';
import { readRetentionClocks } from '../store/retention-clocks.ts';
import type { AdminHandlers, AdminParts } from './admin-handlers.ts';
import { privacyStatus } from './admin-privacy-handlers.ts';
import { diagnosticsTexts, filesOf, zipTexts } from './diagnostics.ts';
import { checkModelFiles, freeBytesAt, NEARLY_FULL_SHARE, outboxShare, runSelfTest } from './health.ts';
import { evidenceDaysOf } from './installed-subjects.ts';
import { noticeVersions } from './notice-versions.ts';
import { privacyAssessment } from './privacy-assessment.ts';

type SystemHandlers = Pick<AdminHandlers, keyof typeof ADMIN_SYSTEM_CHANNELS>;

/** What the system page may ask, and what of the privacy page is about the whole terminal. */
export function systemHandlers(parts: AdminParts): SystemHandlers {
  const { installation, upkeep } = parts;
  return {
    'admin:terminal': () => terminalState(parts),
    'admin:set-maintenance': ({ on }) => {
      const written = installation.settings.write('maintenance', { on });
      if (!written.ok) return written;
      parts.onSettings();
      return terminalState(parts);
    },
    'admin:confirm-clock': () => {
      const confirmed = upkeep.machineClock.confirm();
      return confirmed.ok ? terminalState(parts) : confirmed;
    },
    'admin:self-test': async () => {
      const signed = await runSelfTest(parts);
      upkeep.lastTest.value = signed;
      const bad = signed.test.findings.filter(({ state }) => state === 'bad').map(({ part }) => part);
      const noted = installation.audit.append('self-test.run', { bad: bad.join(',') });
      return noted.ok ? ok(signed) : noted;
    },
    'admin:last-self-test': () => ok(upkeep.lastTest.value),
    'admin:versions': async () => ok(await versionsOf(parts)),
    ...diagnosticsHandlers(parts),
    ...kioskHandlers(parts),
    ...privacyOverviewHandlers(parts),
  };
}

async function terminalState(parts: AdminParts): Promise<Result<TerminalState, Failure>> {
  const { installation, sync, upkeep, clock } = parts;
  const maintenance = installation.settings.read('maintenance');
  if (!maintenance.ok) return maintenance;
  const outbox = sync.outbox();
  if (!outbox.ok) return outbox;
  const share = outboxShare(outbox.value, clock.wallMs());
  const reviews = createReviewQueue(installation.database).count();
  if (!reviews.ok) return reviews;
  const call = parts.staffCalls.current();
  const test = upkeep.lastTest.value?.test ?? null;
  const countOf = (state: 'bad' | 'warning'): number =>
    test?.findings.filter((finding) => finding.state === state).length ?? 0;
  return ok({
    maintenance: maintenance.value.on,
    attended: parts.busy(),
    outboxShare: share,
    outboxNearlyFull: share !== null && share >= NEARLY_FULL_SHARE,
    refusal: outbox.value.refusal,
    clock: upkeep.machineClock.state(),
    freeBytes: await freeBytesAt(upkeep.dataFolder),
    call: call?.answeredAtMs === null ? { sinceMs: call.sinceMs } : null,
    waitingReviews: reviews.value,
    lastTest: test && { atMs: test.atMs, bad: countOf('bad'), warnings: countOf('warning') },
  });
}

async function versionsOf({ appVersion, upkeep }: AdminParts): Promise<VersionState> {
  const host = upkeep.host();
  const models = await checkModelFiles(upkeep.modelsFolder);
  return {
    appVersion,
    packaged: host?.packaged ?? false,
    platform: `${process.platform} ${process.arch}`,
    runtime: host?.runtime ?? { node: process.versions.node },
    databaseSchema: MIGRATIONS.length,
    models: models.ok ? models.value : [],
  };
}

function diagnosticsHandlers(parts: AdminParts): Pick<SystemHandlers, 'admin:diagnostics-files' | 'admin:diagnostics'> {
  const { installation, upkeep, clock } = parts;
  const texts = async () =>
    diagnosticsTexts({
      dataFolder: upkeep.dataFolder,
      settings: installation.settings,
      database: installation.database,
      versions: await versionsOf(parts),
      selfTest: upkeep.lastTest.value,
    });
  return {
    'admin:diagnostics-files': async () => {
      const made = await texts();
      return made.ok ? ok(filesOf(made.value)) : made;
    },
    'admin:diagnostics': async () => {
      const made = await texts();
      if (!made.ok) return made;
      const zip = zipTexts(made.value);
      if (!zip.ok) return zip;
      const noted = installation.audit.append('diagnostics.exported', { bytes: zip.value.byteLength });
      if (!noted.ok) return noted;
      const day = localDayOf(clock.wallMs());
      return ok({ name: `countersign-diagnostics-${installation.identity.deviceId()}-${day}.zip`, zip: zip.value });
    },
  };
}

function kioskHandlers({
  installation,
  upkeep,
  busy,
}: AdminParts): Pick<SystemHandlers, 'admin:kiosk-lock' | 'admin:leave-kiosk'> {
  return {
    'admin:kiosk-lock': () => {
      const host = upkeep.host();
      return ok({
        platform: process.platform,
        kioskMode: host?.kioskMode ?? false,
        blockedKeys: host?.blockedKeys ?? [],
      });
    },
    'admin:leave-kiosk': ({ how }) => {
      const host = upkeep.host();
      if (host === null) return err(failure('request.invalid', 'no kiosk window is open'));
      if (busy()) return err(failure('request.invalid', 'a certification is running: wait until it has ended'));
      const noted = installation.audit.append('kiosk.left', { how });
      if (noted.ok) host.leave(how);
      return noted;
    },
  };
}

function privacyOverviewHandlers({
  installation,
  schemes,
  clock,
}: AdminParts): Pick<SystemHandlers, 'admin:retention' | 'admin:notices' | 'admin:assessment'> {
  const { settings, scenes, database } = installation;
  return {
    'admin:retention': () => readRetentionClocks(database),
    'admin:notices': () =>
      noticeVersions({ settings, scenes, database, returnsFaces: schemes.desks.faceReturns.ready() }),
    'admin:assessment': () => {
      const status = privacyStatus({
        database,
        erasures: schemes.erasures,
        clock,
        retentionDaysOf: evidenceDaysOf({ scenes }),
      });
      if (!status.ok) return status;
      const day = localDayOf(clock.wallMs());
      const text = privacyAssessment(settings, status.value, day);
      return text.ok ? ok({ name: `impact-assessment-${day}.md`, text: text.value }) : text;
    },
  };
}
