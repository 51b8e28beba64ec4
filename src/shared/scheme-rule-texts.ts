import type { SchemeRule } from './domain/scene-problem-rules.ts';
import type { RuleText } from './scene-problem-texts.ts';

function text(chinese: string, english: string): RuleText {
  return { 'zh-CN': chinese, en: english };
}

/** What to do about each rule that a composed scheme breaks. */
export const SCHEME_RULE_TEXTS: Readonly<Record<SchemeRule, RuleText>> = {
  'id-taken': text(
    '编号 {detail} 属于预置方案，预置方案不能更改：请换一个编号。',
    'The id {detail} belongs to a scheme that comes with the program and can not be changed: choose another id.',
  ),
  'not-composed': text(
    '自行组合的方案须归入 composed，不能归入 {detail}。',
    'A scheme of your own belongs to the family composed, not to {detail}.',
  ),
  'caller-cannot-identify': text(
    '业务系统单独办理时没有人在场，不能用 {detail}：请改为由业务系统提供，或不核对身份。',
    'Nobody is there when the caller acts alone, so {detail} can not identify anybody: choose given, card-pictures or none.',
  ),
  'caller-has-no-liveness': text(
    '业务系统单独办理时没有人在场，不能做活体：请把活体改为无。',
    'Nobody is there when the caller acts alone, so liveness has to be none.',
  ),
  'caller-card-needs-input': text(
    '业务系统单独办理并读取证件照片时，证件正面须为必填输入。',
    'A caller that acts alone has to bring the picture of the card: make cardFront a required input.',
  ),
  'asks-only-person': text(
    '只有本人在机前时才能询问手机号或银行卡号：请改由业务系统提供。',
    'Only somebody at the kiosk can be asked to type something: have the caller give it instead.',
  ),
  'asks-unused': text(
    '询问了 {detail}，但所选核验项不使用它：请去掉，或改选使用它的核验项。',
    'The person is asked for {detail}, but the check takes none: ask for less, or choose a check that takes it.',
  ),
  'asks-twice': text('同一项信息询问了两次：请只保留一次。', 'The same thing is asked for twice: keep one.'),
  'phone-needs-liveness': text(
    '在本人手机上完成的方案必须做活体：请选择活体方式。',
    'A scheme that ends on the person’s phone has to look whether they are alive: choose a liveness.',
  ),
  'phone-needs-check': text(
    '在本人手机上完成的方案须由核验方核对人脸并作出决定。',
    'What happens on a phone is decided by the verifier: choose a check of the face and let the verifier decide.',
  ),
  'phone-takes-no-card-pictures': text(
    '在本人手机上完成的方案不在机前拍摄证件：请用芯片、输入或由业务系统提供身份。',
    'No card is photographed at the kiosk when the person goes on with their phone: identify them another way.',
  ),
  'hosted-needs-person': text(
    '厂商页面需要本人操作，业务系统单独办理时不能使用。',
    'The maker’s page needs a person, so a caller alone can not use it: take it out.',
  ),
  'given-identity-needs-input': text(
    '身份由业务系统提供时，{detail} 须为必填输入。',
    'The caller gives the identity, so {detail} has to be a required input.',
  ),
  'given-reference-needs-input': text(
    '与业务系统提供的照片比对时，比对照片须为必填输入。',
    'The face is compared with a picture that the caller gives, so reference has to be a required input.',
  ),
  'authority-needs-identity': text(
    '与 {detail} 照片比对需要先知道是谁：请选择身份来源。',
    'The {detail} photo can only be found for somebody: choose where the identity comes from.',
  ),
  'authority-needs-check': text(
    '此比对照片只有核验方才有：请把核验项设为 {detail}。',
    'Only the verifier has this photo: choose the check {detail}.',
  ),
  'chip-portrait-needs-chip': text(
    '与芯片照片比对需要在机前读取证件芯片：请把身份来源改为芯片证件。',
    'The chip’s portrait is only there where the chip is read: take the identity from the chip card.',
  ),
  'card-portrait-needs-pictures': text(
    '与证件上的照片比对需要拍摄证件，或由业务系统提供证件正面。',
    'The card’s portrait is only there where the card is photographed: photograph it, or make cardFront a required input.',
  ),
  'card-pictures-need-person': text(
    '只有本人在机前时才能拍摄证件：请改由业务系统提供证件照片。',
    'Cards are photographed at the kiosk only: have the caller give the pictures instead.',
  ),
  'card-pictures-need-authority': text(
    '“权威照片不可用时才拍证件”只适用于由核验方与权威照片比对并作出决定的方案。',
    'Card pictures on demand follow an answer about the authority’s photo: choose a check against it and let the verifier decide.',
  ),
  'comparison-needs-face': text(
    '要比对却没有人脸：请选择活体方式，或把人脸设为必填输入。',
    'There is no face to compare: choose a liveness, or make face a required input.',
  ),
  'device-has-no-reference': text(
    '本机没有 {detail} 照片，不能自行决定：请改由核验方决定。',
    'This device does not have the {detail} photo, so it can not decide: let the verifier decide.',
  ),
  'device-decides-nothing': text(
    '此方案没有可由本机决定的内容：请加入活体或比对，或改由核验方决定。',
    'There is nothing for the device to decide by: add liveness or a comparison, or let the verifier decide.',
  ),
  'verifier-needs-check': text(
    '由核验方决定却没有核验项：请选择核验项，或改由本机决定。',
    'The verifier decides but is asked nothing: choose a check, or let the device decide.',
  ),
  'check-lacks-material': text(
    '所选核验项需要 {detail}，此方案没有采集：请加入采集或必填输入，或改选核验项。',
    'The check needs {detail}, which this scheme does not collect: collect it, make it a required input, or choose another check.',
  ),
  'input-without-identity': text(
    '此方案不核对身份，却接受输入 {detail}：请去掉该输入，或选择身份来源。',
    'Nobody is identified, yet the caller may give {detail}: take the input out, or choose where the identity comes from.',
  ),
  'input-unused': text('输入 {detail} 不会被使用：请去掉。', 'Nothing is done with the input {detail}: take it out.'),
  'output-not-produced': text(
    '此方案不会产生结果 {detail}：请去掉，或加入产生它的步骤。',
    'This scheme does not bring out {detail}: take it out, or add what it comes from.',
  ),
  'output-twice': text('同一结果列出了两次：请只保留一次。', 'The same result is listed twice: keep one.'),
  'liveness-twice': text(
    '同一活体方式列出了两次：请只保留一次。',
    'The same kind of liveness is listed twice: keep one.',
  ),
};
