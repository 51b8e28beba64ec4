import type { Seeded } from '../../liveness/seeded.ts';

/** Frequent surnames first: a draw from the front of the list is likelier, roughly as in the population. */
const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
  ...'温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申耿焦关柴祝左柯卜甯仝逄邝缪冼',
];
const COMPOUND_SURNAMES = ['欧阳', '上官', '司马', '诸葛', '皇甫', '尉迟', '令狐', '东方'];

const GIVEN =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文辉海波宇浩然子轩欣怡梓涵雨桐思远嘉俊豪晨曦佳琪雪梅春生志强永福德顺金凤小龙亚楠立新振东继业少康' +
  '宏图晓燕美玲淑珍素云惠萍凯鹏飞翔天佑一诺依晗若溪沐阳景行泽楷睿哲昊乐君瑶婉清诗韵冰洁莹莉萌蕾薇倩颖璐瑾瑜琳珊珂玥弈祎瑄珺琛骞嵘懿淼焱垚烨钰晞毓泓彧翊';
/** In the dictionary of the reading model, but seldom seen. */
const RARE_GIVEN = '犇珩頔祺昶旸燚囍堃喆甯琰烜浠';
/** Outside of that dictionary: a reader can't name them and has to say so. */
const UNKNOWN_GIVEN = ['骉', '赟', '翀', '曌', '旻', '燊', '龑', '㛃', '䶮', '𠮷'];

const UYGHUR = [
  '阿卜杜',
  '买买提',
  '吐尔逊',
  '艾合买提',
  '古丽娜尔',
  '热依汗',
  '努尔',
  '玉素甫',
  '帕提古丽',
  '木合塔尔',
];
const KAZAKH = ['叶尔波力', '哈那提', '巴合提', '加娜尔', '赛力克', '木拉提', '阿依江', '努尔兰'];
const TIBETAN = ['扎西', '次仁', '卓玛', '顿珠', '平措', '央金', '丹增', '尼玛', '格桑', '索朗', '白玛', '旺堆'];
const MONGOLIAN = ['巴特尔', '乌日娜', '其木格', '苏日勒', '朝鲁', '萨仁', '格日勒', '那仁', '图雅', '哈斯'];
const YI = ['阿杜', '拉洛', '吉克', '沙马', '木呷', '曲布', '阿牛', '尔古', '拉且', '史布'];

function surnameAt(random: Seeded): string {
  if (random.chance(0.02)) return random.pick(COMPOUND_SURNAMES);
  return SURNAMES[Math.floor(SURNAMES.length * random.uniform() ** 2.2)]!;
}

function givenCharacter(random: Seeded): string {
  const draw = random.uniform();
  if (draw < 0.006) return random.pick(UNKNOWN_GIVEN);
  if (draw < 0.03) return random.pick([...RARE_GIVEN]);
  return random.pick([...GIVEN]);
}

function hanName(random: Seeded): string {
  const length = random.chance(0.16) ? 1 : random.chance(0.015) ? 3 : 2;
  return surnameAt(random) + Array.from({ length }, () => givenCharacter(random)).join('');
}

/** A made-up name as it is usual in a nation: with a middle dot, of two parts, or like most. */
export function drawName(nation: string, random: Seeded): string {
  const two = (parts: readonly string[], between: string): string =>
    `${random.pick(parts)}${random.chance(0.3) ? random.pick(parts) : ''}${between}${random.pick(parts)}`;
  if (['维吾尔', '乌孜别克', '塔塔尔'].includes(nation)) return two(UYGHUR, '·');
  if (['哈萨克', '柯尔克孜', '塔吉克'].includes(nation)) return two(KAZAKH, '·');
  if (['藏', '门巴', '珞巴'].includes(nation)) return `${random.pick(TIBETAN)}${random.pick(TIBETAN)}`;
  if (nation === '蒙古') return random.chance(0.5) ? random.pick(MONGOLIAN) : hanName(random);
  if (nation === '彝') return random.chance(0.5) ? two(YI, random.chance(0.5) ? '·' : '') : hanName(random);
  return hanName(random);
}

/** The 56 nations as a card prints them, by how often they are drawn: Han half of the time, so that all occur. */
const NATIONS =
  '蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'.split(
    ' ',
  );

export function drawNation(random: Seeded): string {
  if (random.chance(0.6)) return '汉';
  return NATIONS[Math.floor(NATIONS.length * random.uniform() ** 1.6)]!;
}
