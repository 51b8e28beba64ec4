/** The words for whoever agrees for a child, in Chinese. */
export const guardianZhCn = {
  card: {
    title: '请监护人放上身份证',
    lead: '孩子未满 14 周岁，须由父母或其他监护人同意。请放监护人自己的证件。',
    searching: '等待监护人的证件',
    swap: '请换成监护人的证件',
    readingTitle: '正在读监护人的证件',
  },
  consent: {
    title: '监护人，请您确认',
    people: '谁同意谁',
    guardian: '监护人',
    child: '孩子',
    childUnnamed: '刚才读卡的孩子',
    choiceLabel: '自愿',
    choice: '不同意也可由人工办理',
    captureDetail: '只用于本次核验。',
    transmitDetail: '接收方：{{recipient}}。可以不选。',
    returnFace: '同意把孩子的一张人脸照片交给办理单位保存',
    returnFaceDetail: '可以不选。',
    capture: '同意拍摄孩子的人脸，与证件照片比对',
    check: '同意核对孩子的身份信息',
    transmit: {
      record: '同意把核验结果发送到核验服务',
      identity: '同意发送孩子的姓名和证件号',
      face: '同意发送孩子的人脸照片和身份信息',
      video: '同意发送孩子的人脸视频和身份信息',
    },
  },
};
