import { beforeEach, expect, it } from 'vitest';
import {
  createSettingsStore,
  DEFAULT_SETTINGS,
  type SettingName,
  type SettingsStore,
} from '../../../src/main/settings/settings.ts';
import { DEFAULT_CAMERA_GEOMETRY } from '../../../src/shared/domain/camera-geometry.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';

let stored: Map<string, string>;
let settings: SettingsStore;
const NAMES: readonly SettingName[] = ['scene', 'site', 'reader', 'camera', 'verifier'];

beforeEach(() => {
  stored = new Map();
  settings = createSettingsStore({
    read: (name) => ok(stored.get(name) ?? null),
    write: (name, json) => {
      stored.set(name, json);
      return ok(null);
    },
  });
});

it('gives the defaults until something is set', () => {
  expect(NAMES.map((name) => settings.read(name))).toEqual(NAMES.map((name) => ok(DEFAULT_SETTINGS[name])));
});

it('gives back what was written, null included', () => {
  const scene = { ...DEFAULT_SCENE, far: 1e-5, retentionDays: 30 };
  expect(settings.write('scene', scene)).toEqual(ok(scene));
  settings.write('reader', { kind: 'tcp', host: '127.0.0.1', port: 9000 });
  settings.write('reader', null);
  expect(settings.read('scene')).toEqual(ok(scene));
  expect(settings.read('reader')).toEqual(ok(null));
});

it('refuses a value that does not fit, naming the field', () => {
  const refused = settings.write('scene', { ...DEFAULT_SCENE, retentionDays: 0 });
  expect(refused).toEqual(err(failure('request.invalid', 'setting scene.retentionDays')));
  expect(stored.size).toBe(0);
});

it('never takes a damaged value for the default', () => {
  for (const damaged of ['', '{', '"x"', '{"id":"counter"}', '[]']) {
    for (const name of NAMES) {
      stored.set(name, damaged);
      expect(settings.read(name)).toEqual(err(failure('store.corrupt', `setting ${name} does not parse`)));
    }
  }
});

it('passes on that a setting can not be read', () => {
  const broken = createSettingsStore({
    read: () => err(failure('store.corrupt', 'SQLITE_CORRUPT')),
    write: () => err(failure('store.full')),
  });
  expect(broken.read('scene')).toEqual(err(failure('store.corrupt', 'SQLITE_CORRUPT')));
  expect(broken.write('scene', DEFAULT_SCENE)).toEqual(err(failure('store.full')));
});

it('reads the camera of an earlier version with a usual lens', () => {
  stored.set('camera', '{"deviceId":"a","label":"Front"}');
  expect(settings.read('camera')).toEqual(ok({ deviceId: 'a', label: 'Front', geometry: DEFAULT_CAMERA_GEOMETRY }));
});

it('refuses a lens or a place to stand that makes no sense', () => {
  const refused = [{ horizontalFovDegrees: 5 }, { nearCm: 0 }, { farCm: 1_000 }, { nearCm: 80 }, { farCm: Number.NaN }];
  for (const wrong of refused) {
    const geometry = { ...DEFAULT_CAMERA_GEOMETRY, ...wrong };
    expect(settings.write('camera', { deviceId: null, label: null, geometry }).ok).toBe(false);
  }
  expect(stored.size).toBe(0);
});
