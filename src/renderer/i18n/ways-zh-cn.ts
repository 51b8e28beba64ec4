/** The words of other ways, of what is typed beside name and number, and of a verifier that is waited for, in Chinese. */
export const wayActionsZhCn = {
  clerk: '由工作人员办理',
  goBack: '返回',
  useCardCamera: '拍摄身份证继续',
  leaveNow: '不等了',
};

export const methodsZhCn = {
  title: '请选择一种方式',
  lead: '每一种都可以办理，不需要说明原因。',
  list: '可选的方式',
  names: {
    'identity-check': '核对姓名和证件号',
    'phone-check': '加上手机号核对',
    'bank-card-check': '加上银行卡号核对',
    'bank-card-phone-check': '银行卡号加手机号',
    'another-liveness': '换一种刷脸方式',
    'phone-hand-off': '用自己的手机完成',
  },
  notes: {
    'identity-check': '不刷脸，只核对信息',
    'phone-check': '不刷脸，手机号须是本人的',
    'bank-card-check': '不刷脸，银行卡须是本人的',
    'bank-card-phone-check': '不刷脸，手机号是开户时留的',
    'another-liveness': '仍然看镜头，但不闪光',
    'phone-hand-off': '扫码后，在手机上看镜头',
  },
  clerkNote: '请拿好证件到柜台，不刷脸',
};

export const elementZhCn = {
  phone: {
    title: '请输入您的手机号',
    lead: '须是用您本人证件办理的号码。',
    name: '手机号',
    problem: '手机号以 13 至 19 开头，请检查。',
    right: '号码没有问题，请继续。',
  },
  bankCard: {
    title: '请输入银行卡号',
    lead: '须是您本人的卡，卡号一般为 16 至 19 位。',
    name: '银行卡号',
    problem: '号码有输错的地方，请逐位检查。',
    unsure: '还没输完，或有一位输错了。',
    right: '号码没有问题，请继续。',
  },
  typed: '已输入 {{count}} 位',
  sending: '正在提交，请稍候。',
  refused: '没有通过检查，请重新输入。',
};

export const handOffZhCn = {
  opening: '正在准备二维码',
  title: '请用手机扫码',
  opened: '手机上正在进行',
  code: '二维码：用手机扫一扫打开核验页面',
  steps: {
    scan: '用手机的“扫一扫”扫描二维码',
    follow: '按手机上的提示完成',
    wait: '完成后看这里，结果会自动显示',
  },
  openingLead: '马上就好，请先拿出手机。',
  openedLead: '请不要离开，手机上完成后，这里会自动显示结果。',
  page: {
    countersign: '页面由核验服务提供',
    tencent: '页面由腾讯云提供',
    aliyun: '页面由阿里云提供',
  },
  left: '剩余时间',
};

export const awaitingZhCn = {
  title: '正在向核验方确认',
  lead: '一般几秒钟就有结果。',
  kept: '资料已加密保存，不会丢失',
  recorded: '核验记录已写入本机',
  asking: '等待核验方答复',
  done: '已完成',
  now: '进行中',
  leave: '您也可以先离开，结果会自动更新。',
  leaveReceipt: '您也可以先离开，凭凭证编号查询结果。',
};

export const resultWordsZhCn = {
  live: '已确认是真人',
  read: '已读取',
  pending: '审核中',
  captured: '资料已采集',
  passedNextPlain: '请回柜台继续办理。',
  passedNextPlainNamed: '{{name}}，请回柜台继续办理。',
  pendingLead: '核验方还在审核，结果会自动更新。请凭凭证编号，向工作人员查询。',
  capturedLead: '现在没有网络，资料已加密保存，联网后自动核验。请凭凭证编号，向工作人员查询。',
  useCardLead: '对方的照片不能用，拍摄身份证正反面可以继续。',
};

export const expectedZhCn = {
  title: '请 {{name}} 开始',
  titleUnnamed: '请开始核验',
  order: '业务编号',
  notYou: '不是您？请告诉工作人员。',
};
