/** The words of the ways past the chip in Chinese; the English ones have the same keys. */
export const otherWayActionsZhCn = {
  typeIdentity: '手动输入',
  useCard: '改为读卡',
  skip: '跳过',
};

export const entryZhCn = {
  numberTitle: '请输入证件号码',
  numberLead: '外国人证件号码以字母开头的，请按 ABC。',
  nameTitle: '请输入姓名',
  nameLead: '与证件上一致。工作人员会核对证件。',
  number: '证件号码',
  name: '姓名',
  keypad: '数字键盘',
  letters: '字母键盘',
  delete: '删除',
  clear: '清空',
  toLetters: 'ABC',
  toDigits: '123',
  back: '上一步',
  hidden: '号码已遮住，按任意键继续',
  typed: '已输入 {{count}} 位，共 {{length}} 位',
  right: '号码没有问题，请继续。',
  problem: {
    region: '前六位的地区不对，请检查。',
    'birth-date': '出生日期不对，请检查。',
    'check-digit': '号码有输错的地方，请逐位检查。',
    name: '姓名里只能有文字和间隔号。',
    refused: '没有通过检查，请重新输入。',
  },
};

export const cardPhotoZhCn = {
  title: '请把证件照片一面对准镜头',
  lead: '让证件填满画面里的框，拿稳两秒。',
  opening: '正在打开摄像头',
  preview: '镜头画面',
  hints: {
    'no-card': '请把证件放进框里',
    'several-faces': '画面里只留证件',
    'too-small': '请再靠近一点',
    tilted: '请把证件放正',
    glare: '请换个角度避开反光',
    blurred: '请拿稳证件',
    'hold-still': '很好，请拿稳',
  },
};
