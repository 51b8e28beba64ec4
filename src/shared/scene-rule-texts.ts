import type { SceneRule } from './domain/scene-problem-rules.ts';
import type { RuleText } from './scene-problem-texts.ts';

function text(chinese: string, english: string): RuleText {
  return { 'zh-CN': chinese, en: english };
}

/** What to do about each rule that a scene breaks. */
export const SCENE_RULE_TEXTS: Readonly<Record<SceneRule, RuleText>> = {
  'scheme-unknown': text(
    '没有名为 {detail} 的方案：请选择已有的方案，或先建立它。',
    'There is no scheme {detail}: choose one that exists, or make it first.',
  ),
  'scheme-broken': text(
    '所选方案本身有矛盾（{detail}）：请先更正方案。',
    'The scheme contradicts itself ({detail}): put the scheme right first.',
  ),
  'offline-needs-network': text(
    '在本人手机上完成的方案离线时无法办理：请把离线策略改为禁止，而不是 {detail}。',
    'Nothing can be done on a phone without a network: set the offline policy to forbid instead of {detail}.',
  ),
  'capture-only-needs-check': text(
    '离线时“只采集”需要之后由核验方决定，但没有核验项：请选择核验项或联网确认，或改用其他离线策略。',
    'Capturing only leaves the decision to the verifier, who is asked nothing: choose a check or a confirmation, or another offline policy.',
  ),
  'confirmation-besides-check': text(
    '所选方案已有核验项 {detail}，每次只能问一个问题：请去掉联网确认。',
    'The scheme asks the verifier for {detail} already, and one question is asked each time: take the confirmation out.',
  ),
  'confirmation-lacks-material': text(
    '联网确认需要 {detail}，所选方案没有采集：请改选确认项或方案。',
    'The confirmation needs {detail}, which the scheme does not collect: choose another confirmation or scheme.',
  ),
  'fallback-twice': text(
    '其他方式 {detail} 列出了两次：请只保留一次。',
    'The other way {detail} is listed twice: keep one.',
  ),
  'fallback-needs-person': text(
    '业务系统单独办理时没有人在场，不能改用 {detail}：请去掉。',
    'Nobody is there to take another way when the caller acts alone: take {detail} out.',
  ),
  'fallback-needs-identity': text(
    '{detail} 需要知道是谁，所选方案不核对身份：请去掉，或换方案。',
    '{detail} needs to know who it is, and this scheme identifies nobody: take it out, or choose another scheme.',
  ),
  'fallback-is-scheme': text(
    '其他方式 {detail} 与方案本身相同：请去掉。',
    'The other way {detail} is what the scheme does already: take it out.',
  ),
  'fallback-lacks-mode': text(
    '没有另一种活体方式可换：请在活体设置中加入备用方式，或去掉此方式。',
    'There is no other kind of liveness to turn to: add one to the liveness settings, or take this way out.',
  ),
  'guardian-needs-person': text(
    '业务系统单独办理时没有监护人在场：请关闭监护人同意。',
    'No guardian is there when the caller acts alone: turn the guardian’s consent off.',
  ),
  'guardian-needs-identity': text(
    '不核对身份时无法知道年龄：请关闭监护人同意，或换核对身份的方案。',
    'Nobody’s age is known where nobody is identified: turn the guardian’s consent off, or choose a scheme that identifies.',
  ),
  'face-return-needs-camera': text(
    '此方案不在机前拍摄人脸，没有可返回的照片：请关闭返照。',
    'No face is taken at the kiosk by this scheme, so none can be returned: turn the return off.',
  ),
  'once-needs-identity': text(
    '“每个身份一次”需要知道是谁：请改为不限，或换核对身份的方案。',
    'Once per identity needs to know who it is: turn it off, or choose a scheme that identifies.',
  ),
  'day-limit-below-visit': text(
    '每人每日次数不能小于每次到访的次数（{detail}）：请调高或调低其中一项。',
    'The tries of a day can not be fewer than those of one visit ({detail}): raise the one or lower the other.',
  ),
  'walk-up-needs-person': text(
    '方案 {detail} 由业务系统单独办理，不能作为现场默认场景：请选择需要本人的场景。',
    '{detail} is carried out by a caller alone and nobody can walk up to it: choose a scene that a person does.',
  ),
  'walk-up-needs-request': text(
    '此方案需要业务系统先提供 {detail}，不能作为现场默认场景：请选择不需预约的场景。',
    'A caller has to give {detail} first, so nobody can simply walk up: choose a scene that needs nothing beforehand.',
  ),
  'no-verifier': text(
    '需要核验方回答 {detail}，但尚未设置核验方或尚不知其能力：请在“核验方”页面设置并联网一次。',
    'Somebody has to answer {detail}, but no verifier is set up or it was never reached: set one up and connect once.',
  ),
  'check-not-served': text(
    '所设核验方不支持此方案的核验项 {detail}：请换方案，或换核验方。',
    'The verifier that is set up does not answer {detail}, which the scheme asks: choose another scheme or verifier.',
  ),
  'confirmation-not-served': text(
    '所设核验方不支持联网确认 {detail}：请改选确认项，或换核验方。',
    'The verifier that is set up does not confirm {detail}: choose another confirmation or verifier.',
  ),
  'fallback-not-served': text(
    '所设核验方不支持此方式所需的 {detail}：请去掉此方式，或换核验方。',
    'The verifier that is set up does not answer {detail}, which this way asks: take the way out, or choose another verifier.',
  ),
  'hand-off-not-offered': text(
    '没有可供本人手机打开的页面：请设置提供手机页面的核验方，或换方案。',
    'No page is offered that a person’s phone could open: set up a verifier that has one, or choose another way.',
  ),
  'clip-not-encodable': text(
    '{detail} 需要视频，本机没有可用的视频编码程序：请安装，或改用照片核验。',
    '{detail} needs a clip, and no program to encode it with is installed: install one, or choose a check by picture.',
  ),
  'liveness-not-available': text(
    '活体方式 {detail} 需要语音识别，本机与核验方目前都没有：请改用其他方式。',
    'The liveness {detail} needs speech to be recognised, which neither this device nor the verifier does: choose another.',
  ),
  'face-return-needs-destination': text(
    '尚未设置照片返回的存储位置：请先设置，或关闭返照。',
    'No store is set up for returned faces: set one up first, or turn the return off.',
  ),
};
