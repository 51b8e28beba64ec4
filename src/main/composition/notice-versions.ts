import { agreementsOf, noticeHash, noticeOf, type NoticeFacts } from '../../shared/consent-notice.ts';
import type { DigitLivenessOffer } from '../../shared/domain/digit-liveness.ts';
import type { Scene } from '../../shared/domain/scene.ts';
import { findScheme } from '../../shared/domain/scheme-presets.ts';
import { siteTexts } from '../../shared/domain/site.ts';
import type { NoticeVersion } from '../../shared/ipc/admin-system.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { consentFacts, type Noticed } from '../certification/consent-view.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { StoreDatabase } from '../store/database.ts';
import { sha256Hex } from '../store/hashing.ts';
import { attempt } from '../store/sqlite-failure.ts';
import { readConfiguration } from './kiosk-configuration.ts';
import type { SceneBook } from '../settings/scene-book.ts';

export interface NoticeVersionParts {
  readonly settings: SettingsStore;
  readonly scenes: SceneBook;
  readonly database: StoreDatabase;
  /** A place for returned face pictures is set up. */
  readonly returnsFaces: boolean;
}

interface Shown {
  readonly sceneId: string;
  readonly hash: string;
  readonly sinceMs: number;
  readonly records: number;
}

/** Former wordings that are shown beside the current ones. */
const FORMER_SHOWN = 50;

/** Somebody who walked up, and somebody whom a caller has asked for: their notices can differ. */
const VISITORS: readonly Pick<Noticed, 'request'>[] = [{ request: null }, { request: {} }];

/** No notice speaks of digits. */
const NO_DIGITS: DigitLivenessOffer = { use: 'unavailable', limit: 'no-voice-detector', why: null };

/** Every wording of a notice: those that visitors read now, then those that records name. */
export function noticeVersions(parts: NoticeVersionParts): Result<readonly NoticeVersion[], Failure> {
  const configured = readConfiguration(parts, null, () => NO_DIGITS);
  if (!configured.ok) return configured;
  const scenes = parts.scenes.scenes();
  if (!scenes.ok) return scenes;
  const shown = shownVersions(parts.database);
  if (!shown.ok) return shown;
  const { site, recipient, findScheme: schemeOf } = configured.value;
  const current = scenes.value.flatMap((scene): readonly NoticeVersion[] => {
    const scheme = findScheme(scene.scheme, []) ?? schemeOf(scene.scheme);
    if (scheme === undefined) return [];
    const versions = VISITORS.map((visitor) => {
      const factsIn = (language: 'zh-CN' | 'en'): NoticeFacts => {
        const { siteName, purpose } = siteTexts(site, language);
        const contact = site.contact === undefined ? {} : { contact: site.contact };
        const context = { siteName, purpose, ...contact, recipient, returnsFaces: parts.returnsFaces };
        return { siteName, ...consentFacts({ scene, scheme, fallback: null, ...visitor }, context) };
      };
      return currentVersion(scene, factsIn, shown.value);
    });
    return versions.filter(({ hash }, index) => versions.findIndex((other) => other.hash === hash) === index);
  });
  const hashes = new Set(current.map(({ hash }) => hash));
  const former = shown.value
    .filter(({ hash }) => !hashes.has(hash))
    .slice(0, FORMER_SHOWN)
    .map((each) => ({ ...each, sceneName: nameOf(scenes.value, each.sceneId), current: false, texts: null }));
  return ok([...current, ...former]);
}

function currentVersion(
  scene: Scene,
  factsIn: (language: 'zh-CN' | 'en') => NoticeFacts,
  shown: readonly Shown[],
): NoticeVersion {
  const hash = noticeHash(factsIn('zh-CN'), 'zh-CN', sha256Hex);
  const both = new Set([hash, noticeHash(factsIn('en'), 'en', sha256Hex)]);
  const seen = shown.filter((each) => each.sceneId === scene.id && both.has(each.hash));
  return {
    sceneId: scene.id,
    sceneName: scene.name,
    hash,
    sinceMs: seen.length === 0 ? null : Math.min(...seen.map(({ sinceMs }) => sinceMs)),
    current: true,
    records: seen.reduce((sum, { records }) => sum + records, 0),
    texts: { 'zh-CN': textOf(factsIn('zh-CN'), 'zh-CN'), en: textOf(factsIn('en'), 'en') },
  };
}

/** Sections with their titles, then what is asked under them. */
function textOf(facts: NoticeFacts, language: 'zh-CN' | 'en'): readonly string[] {
  const sections = noticeOf(facts, language).flatMap(({ title, lines }) => [`# ${title}`, ...lines]);
  const asked = agreementsOf(facts, language).flatMap(({ label, detail }) => [`☐ ${label}`, detail]);
  return [...sections, ...asked];
}

function nameOf(scenes: readonly Scene[], sceneId: string): string {
  return scenes.find(({ id }) => id === sceneId)?.name ?? sceneId;
}

function shownVersions(database: StoreDatabase): Result<readonly Shown[], Failure> {
  return attempt(() =>
    database
      .prepare<[], Shown>(
        `SELECT scene_id AS sceneId, json_extract(record, '$.consent.textHash') AS hash,
                min(started_at_ms) AS sinceMs, count(*) AS records
         FROM records WHERE json_extract(record, '$.consent.textHash') IS NOT NULL
         GROUP BY 1, 2 ORDER BY 3 DESC`,
      )
      .all(),
  );
}
