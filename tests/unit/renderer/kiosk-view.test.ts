import { describe, expect, it } from 'vitest';
import type { KioskBridge } from '../../../src/preload/bridge.ts';
import { translator } from '../../../src/renderer/i18n/translation.ts';
import {
  FIXTURE_NAMES,
  fixtureProgress,
  fixtureView,
  type FixtureName,
} from '../../../src/renderer/kiosk/gallery/fixtures.ts';
import { spokenText } from '../../../src/renderer/kiosk/speech/spoken-text.ts';
import { stepsDone } from '../../../src/renderer/kiosk/steps-done.ts';
import { createViewStore } from '../../../src/renderer/kiosk/view-store.ts';
import type { KioskView } from '../../../src/shared/ipc/kiosk-view.ts';
import { failure, stateOf, type Failure, type ReasonCode } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';

const plain = { language: 'zh-CN', elder: false, demo: false } as const;
const view = (name: FixtureName): KioskView => fixtureView(name, plain);

describe('the steps', () => {
  it('shows how far the person is on every screen', () => {
    expect(Object.fromEntries(FIXTURE_NAMES.map((name) => [name, stepsDone(view(name))]))).toEqual({
      attract: null,
      guide: 0,
      consent: 0,
      card: 0,
      'card-reading': 0,
      'card-problem': 0,
      'called-attract': null,
      called: 0,
      'staff-comes': 0,
      'staff-comes-failed': 2,
      'staff-comes-maintenance': null,
      'card-slot': 0,
      'card-slot-reading': 0,
      'card-slot-problem': 0,
      'card-slot-again': 0,
      'card-slot-one': 0,
      'card-swipe': 0,
      'card-swipe-reading': 0,
      'card-swipe-problem': 0,
      'card-swipe-again': 0,
      'card-swipe-one': 0,
      position: 1,
      'position-hold': 1,
      'position-dark': 1,
      'position-action': 1,
      'position-digits': 1,
      'position-silent': 1,
      light: 1,
      'action-wait': 1,
      'action-notice': 1,
      'action-left': 1,
      'action-right': 1,
      'action-blink': 1,
      'action-mouth': 1,
      'action-nod': 1,
      'action-good': 1,
      'action-ended': 1,
      'digits-wait': 1,
      'digits-notice': 1,
      digits: 1,
      'digits-louder': 1,
      silent: 1,
      deciding: 2,
      passed: 3,
      failed: 2,
      'failed-last': 2,
      review: 2,
      'review-guardian': 2,
      error: 2,
      'error-timeout': 2,
      'card-typing': 0,
      entry: 0,
      'card-photo': 0,
      'card-photo-hint': 0,
      'card-photo-good': 0,
      'card-documents': 0,
      'card-all-ways': 0,
      'card-all-reading': 0,
      'document-opening': 0,
      'document-front': 0,
      'document-good': 0,
      'document-hint': 0,
      'document-still': 0,
      'document-back': 0,
      'document-problem': 0,
      'document-problem-long': 0,
      'document-refused': 0,
      'document-required': 0,
      'document-instead': 0,
      'document-passport': 0,
      'document-zone': 0,
      'document-bank': 0,
      'confirm-sure': 0,
      'confirm-doubts': 0,
      'confirm-problem': 0,
      'chip-waiting': 0,
      'chip-access': 0,
      'chip-portrait': 0,
      'chip-done': 0,
      'chip-stopped': 0,
      'chip-reader': 0,
      'error-typing': 0,
      'review-typed': 2,
      'review-printed': 2,
      'other-method': null,
      maintenance: null,
      'consent-pictures': 0,
      'consent-face': 0,
      idle: 0,
      pending: 2,
      captured: 2,
      live: 3,
      read: 3,
      approved: 3,
      'review-use-card': 2,
      'failed-ways': 2,
      'error-hand-off': 2,
      'attract-withdraw': null,
      'attract-expected': null,
      'attract-expected-long': null,
      'consent-three': 0,
      'consent-local': 0,
      'guardian-card': 0,
      'guardian-card-same': 0,
      'guardian-card-reading': 0,
      'guardian-consent': 0,
      'guardian-consent-elements': 0,
      'guardian-consent-three': 0,
      'element-phone': 0,
      'element-bank-card': 0,
      methods: null,
      'methods-all': null,
      'methods-one': null,
      'methods-none': null,
      'hand-off-opening': 1,
      'hand-off': 1,
      'hand-off-vendor': 1,
      'hand-off-opened': 1,
      awaiting: 2,
      'awaiting-elements': 1,
      'withdrawal-card': null,
      'withdrawal-card-problem': null,
      'withdrawal-card-reading': null,
      'withdrawal-review': null,
      'withdrawal-review-records': null,
      'withdrawal-erasing': null,
      'withdrawal-done': null,
      'withdrawal-done-erased': null,
      'withdrawal-nothing': null,
      'withdrawal-failed': null,
    });
  });
});

describe('the steps of a result', () => {
  const resultOf = (reason: ReasonCode) =>
    stepsDone({ ...view('error'), result: { ...resultView, reason, state: stateOf(reason) } } as KioskView);
  const resultView = (view('error') as Extract<KioskView, { screen: 'result' }>).result;

  it('has not got past the card where the document ended it, and has where it is only doubted', () => {
    const reasons = [
      'document.unreadable',
      'mrz.malformed',
      'chip.stopped',
      'document.chip-forged',
      'card.pulled',
    ] as const;
    expect(reasons.map(resultOf)).toEqual([0, 0, 0, 0, 0]);
    expect((['document.copy', 'document.photographed', 'face.grey-band'] as const).map(resultOf)).toEqual([2, 2, 2]);
  });
});

describe('what the voice says', () => {
  const spoken = (name: FixtureName) => spokenText(view(name), fixtureProgress(name), translator('zh-CN'));
  const said = (name: FixtureName): string => spoken(name).opening + spoken(name).now;
  const digits = FIXTURE_NAMES.filter((name) => name.startsWith('digits'));

  it('says something on every screen, in whole sentences, but never into the digits that are read aloud', () => {
    expect(digits).toHaveLength(4);
    expect(FIXTURE_NAMES.filter((name) => !/[。！？]$/.test(said(name)))).toEqual(digits);
    expect(digits.map(said)).toEqual(['', '', '', '']);
  });

  it('warns of the flashing as the screen comes, and says hints and prompts after it', () => {
    expect(spoken('position')).toEqual({
      opening: '请看镜头。屏幕将亮起变化的彩光，约 3 秒。对光敏感的人，请选“不要闪光”。',
      now: '请再靠近一点。',
    });
    expect(spoken('action-mouth')).toEqual({ opening: '', now: '请张开嘴。请再靠近一点。' });
  });

  it('never says a name or an order', () => {
    expect(FIXTURE_NAMES.filter((name) => /\*|样例(?!市)|2026/.test(said(name)))).toEqual([]);
  });

  it('says the problem with the card instead of the instruction', () => {
    expect(said('card-problem')).toBe('没有读到，可能放了不止一张卡。请只放一张卡片。');
  });

  it('reads out all that is agreed to', () => {
    for (const part of [
      '办理业务前核对身份',
      '同意拍摄人脸',
      '同意把',
      '3 年',
      '样例市身份核验中心',
      '由工作人员核对身份证',
    ]) {
      expect(said('consent')).toContain(part);
    }
  });
});

describe('the view store', () => {
  function createBridge(answers: Result<KioskView, Failure>[]) {
    let push: (view: KioskView) => void = () => undefined;
    let asked = 0;
    const bridge = {
      invoke: async () => {
        asked += 1;
        return answers.shift();
      },
      onView: (listener: (view: KioskView) => void) => {
        push = listener;
        return () => undefined;
      },
    } as unknown as KioskBridge;
    return { bridge, push: (pushed: KioskView) => push(pushed), asked: () => asked };
  }
  const at = (revision: number): KioskView => ({ ...view('attract'), revision });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('never goes back to an older view', async () => {
    const { bridge, push } = createBridge([ok(at(3))]);
    const store = createViewStore(bridge, () => undefined);
    push(at(5));
    await settled();
    expect(store.view()?.revision).toBe(5);
    push(at(4));
    expect(store.view()?.revision).toBe(5);
  });

  it('asks again until it is answered', async () => {
    const { bridge, asked } = createBridge([err(failure('internal.bug')), ok(at(1))]);
    const later: (() => void)[] = [];
    const store = createViewStore(bridge, (run) => void later.push(run));
    await settled();
    expect([store.view(), asked(), later.length]).toEqual([null, 1, 1]);
    later[0]!();
    await settled();
    expect([store.view()?.revision, asked()]).toEqual([1, 2]);
  });
});
