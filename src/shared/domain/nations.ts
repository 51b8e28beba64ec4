/** GB/T 3304 codes and names; the gaps (57–96, 99) are not assigned by the standard. */
const NATIONS: ReadonlyMap<string, string> = new Map(
  (
    '01汉 02蒙古 03回 04藏 05维吾尔 06苗 07彝 08壮 09布依 10朝鲜 11满 12侗 13瑶 14白 15土家 16哈尼 17哈萨克 18傣 19黎 20傈僳 ' +
    '21佤 22畲 23高山 24拉祜 25水 26东乡 27纳西 28景颇 29柯尔克孜 30土 31达斡尔 32仫佬 33羌 34布朗 35撒拉 36毛南 37仡佬 38锡伯 ' +
    '39阿昌 40普米 41塔吉克 42怒 43乌孜别克 44俄罗斯 45鄂温克 46德昂 47保安 48裕固 49京 50塔塔尔 51独龙 52鄂伦春 53赫哲 54门巴 ' +
    '55珞巴 56基诺 97其他 98外国血统中国籍人士'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), entry.slice(2)]),
);

const CODES: ReadonlyMap<string, string> = new Map([...NATIONS].map(([code, name]) => [name, code]));

/** The names as cards print them, without 族. */
export const NATION_NAMES: readonly string[] = [...NATIONS.values()];

/** The name for a code as the card has it (`01` → `汉`), or `代码NN` for one that the standard doesn't list. */
export function nationName(code: string): string {
  return NATIONS.get(code) ?? `代码${code}`;
}

/** The two-digit code for a name or for a code itself; undefined when there is none. */
export function nationCode(nation: string): string | undefined {
  return CODES.get(nation) ?? /^(?:代码)?(\d{2})$/.exec(nation)?.[1];
}
