import type { SeededRandom } from './random.ts';

/** A name in both scripts, and the letters a mail address is made of. */
export interface PlausibleName {
  readonly value: string;
  readonly english: string;
  readonly letters: string;
  readonly gender: 'male' | 'female';
}

/** Signs with their reading, frequent ones first. */
const pairs = (text: string): readonly (readonly [sign: string, reading: string])[] =>
  text.split(' ').map((pair) => {
    const [sign = '', reading = ''] = pair.split(':');
    return [sign, reading];
  });

const SURNAMES = pairs(
  '王:wang 李:li 张:zhang 刘:liu 陈:chen 杨:yang 黄:huang 赵:zhao 吴:wu 周:zhou 徐:xu 孙:sun 马:ma 朱:zhu 胡:hu 郭:guo 何:he 林:lin 高:gao 罗:luo 郑:zheng 梁:liang 谢:xie 宋:song 唐:tang 许:xu 韩:han 邓:deng 冯:feng 曹:cao 彭:peng 曾:zeng 肖:xiao 田:tian 董:dong 潘:pan 袁:yuan 蔡:cai 蒋:jiang 余:yu 于:yu 杜:du 叶:ye 程:cheng 魏:wei 苏:su 吕:lv 丁:ding 任:ren 卢:lu 姚:yao 沈:shen 钟:zhong 姜:jiang 崔:cui 谭:tan 陆:lu 范:fan 汪:wang 廖:liao 石:shi 金:jin 韦:wei 贾:jia 夏:xia 傅:fu 方:fang 邹:zou 熊:xiong 白:bai 孟:meng 秦:qin 邱:qiu 侯:hou 江:jiang 尹:yin 薛:xue 闫:yan 段:duan 雷:lei 龙:long 黎:li 史:shi 陶:tao 贺:he 毛:mao 郝:hao 顾:gu 龚:gong 邵:shao 万:wan 覃:qin 武:wu 钱:qian 戴:dai 欧阳:ouyang 司马:sima 诸葛:zhuge 上官:shangguan',
);
const OF_MEN = pairs(
  '伟:wei 强:qiang 磊:lei 军:jun 洋:yang 勇:yong 杰:jie 涛:tao 明:ming 超:chao 刚:gang 平:ping 辉:hui 鹏:peng 飞:fei 斌:bin 波:bo 宇:yu 浩:hao 凯:kai 健:jian 俊:jun 帆:fan 旭:xu 宁:ning 龙:long 林:lin 阳:yang 建:jian 国:guo 志:zhi 文:wen 海:hai 成:cheng 东:dong 峰:feng 亮:liang 毅:yi 博:bo 晨:chen 泽:ze 睿:rui 轩:xuan 航:hang 源:yuan 诚:cheng 翔:xiang 恒:heng',
);
const OF_WOMEN = pairs(
  '芳:fang 娜:na 敏:min 静:jing 丽:li 艳:yan 娟:juan 霞:xia 秀:xiu 燕:yan 玲:ling 婷:ting 慧:hui 莹:ying 雪:xue 琳:lin 晶:jing 倩:qian 颖:ying 洁:jie 梅:mei 红:hong 云:yun 佳:jia 欣:xin 怡:yi 雨:yu 思:si 梦:meng 晓:xiao 文:wen 华:hua 兰:lan 萍:ping 璐:lu 妍:yan 瑶:yao 宁:ning 悦:yue 珊:shan 蕾:lei 薇:wei 彤:tong 萌:meng 涵:han 诗:shi',
);
const FIRST_NAMES_OF_MEN =
  'James John Michael David Daniel Thomas Kenji Hiroshi Wei-Ming Arjun Rahul Pierre Lukas Marco Diego Omar'.split(' ');
const FIRST_NAMES_OF_WOMEN =
  'Mary Anna Emma Sophie Laura Grace Yuki Sakura Mei-Ling Priya Ananya Claire Julia Elena Fatima Noor'.split(' ');
const LAST_NAMES =
  'Smith Johnson Brown Miller Wilson Taylor Tan Lim Ng Tanaka Suzuki Sato Sharma Patel Singh Martin Dubois Müller Schmidt Rossi García Silva Hassan Ali'.split(
    ' ',
  );

/** A name as most people of a company in China have it. */
export function chineseName(chance: SeededRandom, position: number): PlausibleName {
  const gender = chance.happens(520, position, 10) ? 'male' : 'female';
  const signs = gender === 'male' ? OF_MEN : OF_WOMEN;
  const [surname, surnameRead] = chance.pickEarly(SURNAMES, position, 11);
  const given = [chance.pickEarly(signs, position, 12)];
  const second = chance.pick(signs, position, 13);
  if (chance.happens(750, position, 14) && second[0] !== given[0]?.[0]) given.push(second);
  const givenRead = given.map(([, reading]) => reading).join('');
  return {
    value: surname + given.map(([sign]) => sign).join(''),
    english: `${capital(givenRead)} ${capital(surnameRead)}`,
    letters: surnameRead + givenRead,
    gender,
  };
}

/** A name from elsewhere, which is written in Latin letters everywhere. */
export function foreignName(chance: SeededRandom, position: number): PlausibleName {
  const gender = chance.happens(500, position, 10) ? 'male' : 'female';
  const first = chance.pick(gender === 'male' ? FIRST_NAMES_OF_MEN : FIRST_NAMES_OF_WOMEN, position, 11);
  const last = chance.pick(LAST_NAMES, position, 12);
  const name = `${first} ${last}`;
  const letters = name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase();
  return { value: name, english: name, letters, gender };
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
