/** Names that need no guessing: places, given names, surnames and the words companies end with. */

const list = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .split(/[,\n]/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );

/** Countries, states and large cities in English, lower case. */
export const PLACES_EN =
  list(`afghanistan, argentina, australia, austria, bangladesh, belgium, brazil, bulgaria,
  cambodia, canada, chile, china, colombia, croatia, cuba, cyprus, czech republic, denmark, egypt, estonia, ethiopia,
  finland, france, germany, ghana, greece, hong kong, hungary, iceland, india, indonesia, iran, iraq, ireland, israel,
  italy, japan, kenya, kuwait, latvia, lithuania, luxembourg, macau, malaysia, mexico, morocco, myanmar, nepal,
  netherlands, new zealand, nigeria, norway, pakistan, peru, philippines, poland, portugal, qatar, romania, russia,
  saudi arabia, serbia, singapore, slovakia, slovenia, south africa, south korea, spain, sri lanka, sweden,
  switzerland, taiwan, thailand, tunisia, turkey, ukraine, united arab emirates, united kingdom, united states, uk, usa,
  uae, u.s., vietnam, england, scotland, wales, europe, asia, africa, north america, south america, alabama, alaska,
  arizona, arkansas, california, colorado, connecticut, delaware, florida, georgia, hawaii, idaho, illinois, indiana,
  iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota, mississippi, missouri,
  montana, nebraska, nevada, new hampshire, new jersey, new mexico, new york, north carolina, north dakota, ohio,
  oklahoma, oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee, texas, utah, vermont,
  virginia, west virginia, wisconsin, wyoming, abu dhabi, amsterdam, athens, atlanta, auckland, austin, baltimore,
  bangkok, barcelona, beijing, berlin, birmingham, bogota, boston, brisbane, brussels, budapest, buenos aires, cairo,
  cape town, charlotte, chengdu, chicago, chongqing, cleveland, copenhagen, dallas, delhi, denver, detroit, dubai,
  dublin, edinburgh, frankfurt, geneva, glasgow, guangzhou, hamburg, hangzhou, hanoi, helsinki, houston, istanbul,
  jakarta, johannesburg, kuala lumpur, kyiv, las vegas, leeds, lima, lisbon, liverpool, london, los angeles, lyon,
  madrid, manchester, manila, melbourne, miami, milan, minneapolis, montreal, moscow, mumbai, munich, nairobi,
  nanjing, nashville, new orleans, new york city, newark, nyc, orlando, osaka, oslo, ottawa, paris, perth,
  philadelphia, phoenix, pittsburgh, portland, prague, rio de janeiro, rome, sacramento, salt lake city, san antonio,
  san diego, san francisco, san jose, santiago, sao paulo, seattle, seoul, shanghai, shenzhen, stockholm, suzhou,
  sydney, taipei, tampa, tel aviv, tianjin, tokyo, toronto, vancouver, vienna, warsaw, washington, washington dc,
  wuhan, xiamen, zurich`);

/** Given names in English text, lower case; those that are also common words are left out. */
export const GIVEN_NAMES =
  list(`aaron, abigail, adam, adrian, aisha, alan, albert, alex, alexander, alexandra, alice,
  alicia, alison, amanda, amelia, amy, ana, andrea, andrew, angela, anita, anna, anne, anthony, antonio, arthur,
  ashley, audrey, barbara, ben, benjamin, beth, betty, brandon, brenda, brian, bruce, carlos, carmen, carol, caroline,
  catherine, charles, charlotte, chloe, chris, christina, christine, christopher, cindy, claire, craig, cynthia,
  daniel, daniela, danielle, darren, david, deborah, debra, dennis, derek, diana, diane, donald, donna, dorothy,
  douglas, dylan, edward, elena, elizabeth, ellen, emily, emma, eric, erin, ethan, eva, evelyn, fatima, felix,
  fiona, francis, frank, gary, george, gerald, gloria, greg, gregory, hannah, harold, heather, helen, henry, howard,
  ian, isabella, jack, jacob, jacqueline, james, jamie, jane, janet, jason, jean, jeff, jeffrey, jennifer, jenny,
  jeremy, jessica, jill, jim, joan, joanna, joe, joel, john, jonathan, jordan, jose, joseph, joshua, juan, judith,
  judy, julia, julian, julie, justin, karen, kate, katherine, kathleen, katie, keith, kelly, kenneth, kevin, kim,
  kimberly, kyle, larry, laura, lauren, lawrence, leah, leo, leon, linda, lisa, liam, logan, louis, louise, lucas,
  lucy, luis, luke, lynn, marcus, margaret, maria, marie, marilyn, mario, martha, martin, mary, matthew, max, megan,
  mei, melissa, michael, michelle, miguel, mike, mohammed, monica, nancy, naomi, natalie, nathan, neil, nicholas,
  nicole, noah, nora, oliver, olivia, oscar, pamela, patricia, patrick, paul, paula, pedro, peter, philip, priya,
  rachel, raj, ralph, raymond, rebecca, richard, robert, roger, ronald, rosa, ruth, ryan, samantha, samuel, sandra,
  sara, sarah, scott, sean, sharon, shirley, simon, sofia, sophia, sophie, stephanie, stephen, steve, steven, stuart,
  susan, tara, taylor, teresa, theresa, thomas, tim, timothy, tina, todd, tom, tony, tracy, tyler, vanessa, victor,
  victoria, vincent, virginia, walter, wayne, wei, wendy, william, yuki, zachary, zoe`);

/** Last words of company names in English, lower case. */
export const COMPANY_ENDINGS =
  list(`inc, incorporated, ltd, limited, llc, llp, plc, corp, corporation, gmbh, ag, co,
  company, group, holdings, bank, university, college, airlines, airways, insurance, hospital, foundation, association,
  technologies, technology, systems, solutions, logistics, partners, consulting, software, industries, labs, studios,
  institute, hotels, motors, pharmaceuticals, electronics, enterprises, ventures, capital, media, networks`);

/** Companies people mention without such a word, lower case. */
export const COMPANIES =
  list(`adobe, airbnb, alibaba, amazon, amd, american express, apple, asus, at&t, att, bbc, bmw,
  boeing, canon, cisco, costco, dell, delta, deutsche bank, dhl, dropbox, ebay, facebook, fedex, ford, github, gmail,
  google, hewlett-packard, hp, hsbc, huawei, hubspot, ibm, ikea, instagram, intel, jetblue, lenovo, lg, linkedin,
  lufthansa, lyft, mastercard, mcdonald's, meta, microsoft, netflix, nike, nintendo, nokia, nvidia, oracle, panasonic,
  paypal, pepsico, philips, pinterest, revolut, salesforce, samsung, sap, shopify, siemens, slack, sony, southwest,
  spotify, starbucks, stripe, tencent, tesla, toyota, twitter, uber, united airlines, ups, usps, verizon, vodafone,
  volkswagen, walmart, wechat, whatsapp, xiaomi, yahoo, youtube, zendesk, zoom`);

/** Companies in simplified Chinese that the segmenter does not tag as organisations. */
export const COMPANIES_ZH =
  list(`京东, 淘宝, 天猫, 阿里巴巴, 阿里云, 腾讯, 百度, 华为, 小米, 联想, 美团, 饿了么, 拼多多, 顺丰,
  顺丰速运, 圆通, 中通, 申通, 韵达, 滴滴, 网易, 字节跳动, 抖音, 快手, 苏宁, 国美, 海尔, 格力, 美的, 比亚迪, 支付宝, 微信, 携程,
  招商银行, 建设银行, 工商银行, 农业银行, 中国银行, 交通银行, 中国移动, 中国联通, 中国电信, 三星, 苹果公司, 微软, 谷歌, 亚马逊,
  当当, 当当网, 蒙牛, 伊利, 肯德基, 麦当劳, 星巴克, 海底捞`);

/** Last characters of organisation names in simplified Chinese. */
export const ORGANISATION_ENDINGS_ZH = [
  '有限责任公司',
  '股份有限公司',
  '有限公司',
  '分公司',
  '公司',
  '集团',
  '银行',
  '大学',
  '学院',
  '医院',
  '事务所',
  '研究院',
  '研究所',
  '委员会',
  '协会',
  '基金会',
  '旗舰店',
  '专卖店',
  '航空',
  '证券',
  '保险',
  '科技',
  '物流',
  '快递',
  '速运',
] as const;

/** Chinese surnames: the hundred and fifty most frequent, and those of two characters. */
export const SURNAMES = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝'.split(
    '',
  ),
);
export const DOUBLE_SURNAMES = new Set([
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '司徒',
]);
