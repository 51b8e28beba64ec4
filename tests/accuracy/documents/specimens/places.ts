import type { Seeded } from '../../liveness/seeded.ts';

/** A province-level division with counties or districts as they are written in addresses and authorities' names. */
interface Province {
  readonly code: string;
  readonly name: string;
  /** `prefecture/county`; the prefecture is empty where cards leave it out. */
  readonly counties: readonly string[];
  /** Long minority-region names are drawn from these nations. */
  readonly nations?: readonly string[];
}

const province = (code: string, name: string, counties: string, nations?: string): Province => ({
  code,
  name,
  counties: counties.split(' '),
  ...(nations === undefined ? {} : { nations: nations.split(' ') }),
});

const PROVINCES: readonly Province[] = [
  province('11', '北京市', '/东城区 /西城区 /海淀区 /朝阳区 /丰台区 /石景山区 /门头沟区 /房山区 /延庆区 /怀柔区'),
  province('12', '天津市', '/和平区 /河西区 /南开区 /滨海新区 /蓟州区 /宁河区'),
  province('13', '河北省', '石家庄市/藁城区 保定市/涿州市 邯郸市/磁县 沧州市/献县 张家口市/蔚县 /滦南县'),
  province('14', '山西省', '太原市/杏花岭区 大同市/浑源县 长治市/襄垣县 运城市/芮城县 /平遥县'),
  province(
    '15',
    '内蒙古自治区',
    '呼和浩特市/土默特左旗 呼伦贝尔市/扎兰屯市 锡林郭勒盟/苏尼特右旗 赤峰市/翁牛特旗',
    '蒙古 达斡尔 鄂温克 鄂伦春',
  ),
  province('21', '辽宁省', '沈阳市/皇姑区 大连市/瓦房店市 鞍山市/岫岩满族自治县 /凌源市', '满 锡伯'),
  province('22', '吉林省', '长春市/绿园区 延边朝鲜族自治州/珲春市 延边朝鲜族自治州/龙井市 /桦甸市', '朝鲜'),
  province('23', '黑龙江省', '哈尔滨市/香坊区 齐齐哈尔市/讷河市 佳木斯市/桦南县 /肇东市', '赫哲'),
  province('31', '上海市', '/黄浦区 /徐汇区 /静安区 /杨浦区 /闵行区 /浦东新区 /崇明区 /嘉定区'),
  province('32', '江苏省', '南京市/溧水区 苏州市/昆山市 盐城市/射阳县 徐州市/邳州市 /沭阳县'),
  province('33', '浙江省', '杭州市/余杭区 衢州市/龙游县 温州市/瓯海区 丽水市/景宁畲族自治县 /嵊州市', '畲'),
  province('34', '安徽省', '合肥市/庐阳区 亳州市/谯城区 阜阳市/颍上县 宣城市/泾县 /歙县'),
  province('35', '福建省', '福州市/鼓楼区 厦门市/湖里区 泉州市/晋江市 龙岩市/漳平市 /霞浦县', '畲 高山'),
  province('36', '江西省', '南昌市/青山湖区 赣州市/瑞金市 上饶市/婺源县 吉安市/遂川县 /鄱阳县'),
  province('37', '山东省', '济南市/历下区 青岛市/崂山区 菏泽市/鄄城县 临沂市/郯城县 /莒县'),
  province('41', '河南省', '郑州市/金水区 漯河市/舞阳县 濮阳市/范县 南阳市/淅川县 /杞县', '回'),
  province('42', '湖北省', '武汉市/硚口区 荆州市/监利市 恩施土家族苗族自治州/咸丰县 /枝江市', '土家'),
  province(
    '43',
    '湖南省',
    '长沙市/岳麓区 株洲市/醴陵市 湘西土家族苗族自治州/凤凰县 邵阳市/城步苗族自治县',
    '苗 侗 土家 瑶',
  ),
  province('44', '广东省', '广州市/越秀区 深圳市/南山区 佛山市/顺德区 韶关市/乳源瑶族自治县 /普宁市', '瑶'),
  province(
    '45',
    '广西壮族自治区',
    '南宁市/青秀区 柳州市/融水苗族自治县 河池市/罗城仫佬族自治县 百色市/靖西市',
    '壮 仫佬 毛南 京 瑶',
  ),
  province('46', '海南省', '海口市/琼山区 儋州市/那大镇 /陵水黎族自治县 /保亭黎族苗族自治县', '黎'),
  province('50', '重庆市', '/渝中区 /沙坪坝区 /涪陵区 /忠县 /石柱土家族自治县 /酉阳土家族苗族自治县', '土家'),
  province(
    '51',
    '四川省',
    '成都市/锦江区 凉山彝族自治州/昭觉县 阿坝藏族羌族自治州/茂县 乐山市/犍为县 /邛崃市',
    '彝 羌 藏',
  ),
  province(
    '52',
    '贵州省',
    '贵阳市/云岩区 黔东南苗族侗族自治州/黎平县 黔南布依族苗族自治州/三都水族自治县 /仁怀市',
    '苗 布依 水 仡佬 侗',
  ),
  province(
    '53',
    '云南省',
    '昆明市/盘龙区 西双版纳傣族自治州/景洪市 怒江傈僳族自治州/贡山独龙族怒族自治县 红河哈尼族彝族自治州/蒙自市',
    '傣 白 哈尼 傈僳 佤 拉祜 纳西 景颇 布朗 阿昌 普米 怒 德昂 独龙 基诺',
  ),
  province('54', '西藏自治区', '拉萨市/城关区 日喀则市/桑珠孜区 林芝市/墨脱县 那曲市/比如县', '藏 门巴 珞巴'),
  province('61', '陕西省', '西安市/碑林区 咸阳市/礼泉县 汉中市/勉县 榆林市/靖边县 /华阴市'),
  province(
    '62',
    '甘肃省',
    '兰州市/七里河区 临夏回族自治州/东乡族自治县 张掖市/肃南裕固族自治县 /岷县',
    '东乡 保安 裕固 撒拉',
  ),
  province(
    '63',
    '青海省',
    '西宁市/城中区 海东市/循化撒拉族自治县 海西蒙古族藏族自治州/德令哈市 /互助土族自治县',
    '土 撒拉',
  ),
  province('64', '宁夏回族自治区', '银川市/兴庆区 吴忠市/青铜峡市 固原市/隆德县 /平罗县', '回'),
  province(
    '65',
    '新疆维吾尔自治区',
    '乌鲁木齐市/天山区 伊犁哈萨克自治州/察布查尔锡伯自治县 巴音郭楞蒙古自治州/焉耆回族自治县 克孜勒苏柯尔克孜自治州/阿图什市 喀什地区/塔什库尔干塔吉克自治县',
    '维吾尔 哈萨克 柯尔克孜 锡伯 塔吉克 乌孜别克 俄罗斯 塔塔尔',
  ),
];

const ROADS =
  '中山 人民 解放 建设 和平 文昌 长江 黄河 滨河 环城 新华 朝晖 学院 体育 东风 科技 振兴 迎宾 柳荫 莲花'.split(' ');
const ESTATES = '阳光花园 翠湖苑 锦绣家园 怡景小区 金桂园 丽江新村 东湖名邸 紫荆公寓 万和城 绿洲雅苑'.split(' ');
const TOWNS = '大河 石桥 双塔 柳林 新集 白沙 龙泉 青山 马头 杨店 三岔 清溪 古城 梅岭 沙坡 崖头 寨子 铜锣'.split(' ');
const VILLAGES =
  '王家庄 李楼 上坪 下湾 红星 东岗 南沟 西塬 小河沿 大榆树 前进 石磨 竹园 杏树峁 桃花坞 槐荫 塘埂 岭脚'.split(' ');
const TEAMS = ['组', '社', '队', '屯'];

/** Where somebody lives and which office gave out the card; roads, villages and numbers are made up. */
export interface Residence {
  readonly provinceCode: string;
  readonly address: string;
  readonly issuer: string;
}

export function drawResidence(nation: string, random: Seeded): Residence {
  const at = provinceOf(nation, random);
  const [prefecture = '', county = ''] = random.pick(at.counties).split('/');
  const centrallyGoverned = ['11', '12', '31', '50'].includes(at.code);
  // Cards of prefecture-level cities often leave the prefecture out of the address.
  const middle = prefecture !== '' && random.chance(0.75) ? prefecture : '';
  const address = at.name + middle + county + (county.endsWith('区') ? urban(random) : rural(random));
  return {
    provinceCode: at.code,
    address,
    issuer: authority(centrallyGoverned ? at.name : prefecture, county, random),
  };
}

function provinceOf(nation: string, random: Seeded): Province {
  const home = PROVINCES.filter(({ nations }) => nations?.includes(nation) ?? false);
  return home.length > 0 && random.chance(0.8) ? random.pick(home) : random.pick(PROVINCES);
}

function urban(random: Seeded): string {
  const count = (most: number): number => 1 + Math.floor(random.uniform() * most);
  const road = `${random.pick(ROADS)}${random.pick(['路', '街', '大道', '东路', '西路', '北街'])}${count(998)}号`;
  const door = count(30) * 100 + count(9);
  const draw = random.uniform();
  if (draw < 0.3) return `${road}${random.pick(ESTATES)}${count(48)}号楼${count(6)}单元${door}室`;
  if (draw < 0.5) return `${road}${count(20)}幢${door}室`;
  if (draw < 0.62) return `${road}${count(9)}－${count(12)}－${count(30)}`;
  if (draw < 0.72) return `${random.pick(ESTATES)}${random.pick([...'ABCDE'])}座${door}`;
  if (draw < 0.82) return `${random.pick(ROADS)}街道${random.pick(ROADS)}社区居委会${count(20)}组`;
  return road;
}

function rural(random: Seeded): string {
  const count = (most: number): number => 1 + Math.floor(random.uniform() * most);
  const town = `${random.pick(TOWNS)}${random.pick(['镇', '镇', '乡', '街道'])}`;
  const village = `${random.pick(VILLAGES)}${random.pick(['村', '村', '村委会'])}`;
  const draw = random.uniform();
  if (draw < 0.35) return `${town}${village}${count(18)}${random.pick(TEAMS)}${count(180)}号`;
  if (draw < 0.65) return `${town}${village}${count(400)}号`;
  if (draw < 0.85) return `${town}${village}${random.pick(VILLAGES)}${random.pick(TEAMS)}`;
  return `${town}${random.pick(ROADS)}路${count(300)}号附${count(20)}号`;
}

function authority(prefecture: string, county: string, random: Seeded): string {
  if (prefecture === '') return `${county}公安局`;
  if (!county.endsWith('区')) return `${county}公安局`;
  if (random.chance(0.12)) return `${prefecture}公安局`;
  return `${prefecture}公安局${county.replace(/新?区$/, '')}分局`;
}
