/** The words of the card screen. A title is one instruction; the drawing beside it shows the same. */
export const cardZhCn = {
  title: '请把身份证平放在读卡区',
  lead: '放好后请不要移动，读完会自动进入下一步。',
  searching: '等待放卡',
  found: '找到卡片，请保持不动',
  reading: '正在读卡，请不要移开',
  readingTitle: '正在读卡',
  readingLead: '请不要移开卡片，约 2 秒。',
  /** After a try that did not work. */
  guides: {
    again: '请拿起卡片，再平放一次',
    one: '请只放一张卡片',
    stay: '请再放一次，先别拿走',
  },
};
