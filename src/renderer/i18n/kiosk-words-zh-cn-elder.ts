import attract from '../../../resources/locales/zh-CN-elder/kiosk/attract.json' with { type: 'json' };
import actions from '../../../resources/locales/zh-CN-elder/kiosk/actions.json' with { type: 'json' };
import guide from '../../../resources/locales/zh-CN-elder/kiosk/guide.json' with { type: 'json' };
import card from '../../../resources/locales/zh-CN-elder/kiosk/card.json' with { type: 'json' };
import position from '../../../resources/locales/zh-CN-elder/kiosk/position.json' with { type: 'json' };
import hints from '../../../resources/locales/zh-CN-elder/kiosk/hints.json' with { type: 'json' };
import next from '../../../resources/locales/zh-CN-elder/kiosk/next.json' with { type: 'json' };
import light from '../../../resources/locales/zh-CN-elder/kiosk/light.json' with { type: 'json' };
import deciding from '../../../resources/locales/zh-CN-elder/kiosk/deciding.json' with { type: 'json' };
import result from '../../../resources/locales/zh-CN-elder/kiosk/result.json' with { type: 'json' };
import otherMethod from '../../../resources/locales/zh-CN-elder/kiosk/other-method.json' with { type: 'json' };
import idle from '../../../resources/locales/zh-CN-elder/kiosk/idle.json' with { type: 'json' };
import maintenance from '../../../resources/locales/zh-CN-elder/kiosk/maintenance.json' with { type: 'json' };

/** What is said more simply to people who asked for large text; everything else is said as to everybody. */
export const kioskZhCnElder = {
  attract,
  actions,
  guide,
  card,
  position,
  hints,
  next,
  light,
  deciding,
  result,
  otherMethod,
  idle,
  maintenance,
};
