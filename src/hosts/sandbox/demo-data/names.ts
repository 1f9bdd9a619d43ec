/** Given names, family names, titles and company words, written for the demo; any likeness is chance. */
import type { DemoLanguage, Industry, Seniority } from './profile.ts';

const words = (text: string): readonly string[] => text.split(' ');

export const FIRST_EN = words(
  'Ada Aisha Alan Alba Alice Amara Amelia Anders Andrea Anita Anton Arjun Astrid Beatriz Ben Bruno Camila Carl Carmen Cecilia Chidi Chloe Clara Daniel David Deepa Diana Diego Dominic Edith Elena Eli Elise Emeka Emil Emma Erik Esther Ethan Eva Fatima Felix Fiona Florian Frances Gabriel George Gita Hana Hannah Harold Helen Henry Hugo Ida Imran Irene Isaac Isabel Ivan Jack James Jan Jane Jasper Joana Joel John Jonas Julia Karim Kate Kenji Lara Laura Leo Liam Lina Lucas Lucy Luis Maeve Magnus Marco Maria Marta Martin Mateo Maya Mia Miguel Mina Nadia Naomi Nathan Nia Nils Nina Noah Nora Olga Omar Oscar Paula Pedro Petra Philip Priya Rachel Rahul Rita Robert Rosa Ruth Sam Sara Sofia Stefan Susan Tariq Teresa Theo Thomas Tiago Tom Uma Vera Victor Wanjiru Yara Yusuf Zoe',
);
export const LAST_EN = words(
  "Abara Adler Ahmed Almeida Andersen Archer Barnes Bauer Becker Bennett Berg Bishop Boateng Brandt Brooks Byrne Campos Carter Castro Chandra Clarke Coelho Collins Costa Cruz Dalton Das Diaz Doyle Duncan Ekström Ellis Evans Farrell Ferreira Fischer Flynn Foster Fraser Garcia Gibson Gomes Grant Greene Gupta Haas Hansen Harper Hassan Hayes Hoffman Holm Hughes Hunter Iyer Jansen Jensen Johnston Kamau Kapoor Kaur Keller Khan Klein Kowalski Kumar Lambert Larsen Lawson Lindqvist Lopes Lund Madsen Mahmoud Marsh Martins Mbeki Mendes Meyer Mills Moreira Morgan Moss Murray Mwangi Nair Nash Neves Nielsen Novak Nunes O'Brien Okoye Olsen Osei Palmer Park Patel Pereira Petrov Pinto Quinn Ramos Reddy Reid Ribeiro Richter Rocha Rossi Ryan Santos Sato Schmidt Schwarz Sharma Silva Singh Sousa Stone Svensson Tavares Teixeira Thorne Vance Vogel Walsh Ward Weber Wells West Whitman Wright Young Zhou Zimmer",
);
/** Characters with their spelling in Latin letters. */
const spelled = (text: string): readonly (readonly [string, string])[] =>
  words(text).map((word) => {
    const at = word.search(/[a-z]/);
    return [word.slice(0, at), word.slice(at)] as const;
  });

export const FAMILY_ZH = spelled(
  '王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he 郭guo 马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao 程cheng 曹cao 袁yuan 邓deng 许xu 傅fu 沈shen 曾zeng 彭peng 吕lv 苏su 卢lu 蒋jiang 蔡cai 贾jia 丁ding 魏wei 薛xue 叶ye 阎yan 余yu 潘pan 杜du 戴dai 夏xia 钟zhong 汪wang 田tian 任ren 姜jiang 欧阳ouyang 司徒situ 上官shangguan',
);
export const GIVEN_ZH = spelled(
  '伟wei 芳fang 娜na 敏min 静jing 丽li 强qiang 磊lei 军jun 洋yang 勇yong 艳yan 杰jie 娟juan 涛tao 明ming 超chao 秀英xiuying 霞xia 平ping 刚gang 桂英guiying 子涵zihan 雨桐yutong 梓萱zixuan 浩然haoran 欣怡xinyi 诗涵shihan 宇轩yuxuan 佳怡jiayi 思远siyuan 晓燕xiaoyan 建华jianhua 志强zhiqiang 雪梅xuemei 文博wenbo 嘉欣jiaxin 俊杰junjie 美玲meiling 海燕haiyan 国栋guodong 小龙xiaolong 婷婷tingting 晨曦chenxi 一鸣yiming 若曦ruoxi 天佑tianyou 慧敏huimin 雅婷yating 家豪jiahao 志明zhiming 春燕chunyan 丹dan 鑫xin 倩qian 琳lin 帆fan 凯kai 悦yue 睿rui',
);
export const LONG_NAMES: readonly (readonly [string, string])[] = [
  ['Maria Francisca Bernardina Leopoldina', 'de Albuquerque e Vasconcelos Sottomayor Pereira'],
  ['Wolfgang Maximilian Ferdinand', 'Freiherr von und zu Obersteinbach-Hohenlindenfels'],
  ['Ananda Krishnamurthy Venkata', 'Subrahmanyeswara Raghavendra Lakshminarasimhan'],
];
export const EMOJI = ['🌱', '🚀', '☕️', '🦊', '✨', '🎧'];

export const TITLES: Readonly<
  Record<DemoLanguage, Readonly<Record<Seniority, readonly string[]>>>
> = {
  en: {
    executive: ['Chief Operating Officer', 'Managing Director', 'CEO', 'Chief Financial Officer'],
    director: [
      'Director of Workplace',
      'Facilities Director',
      'Head of Procurement',
      'IT Director',
    ],
    manager: [
      'Office Manager',
      'Facilities Manager',
      'IT Manager',
      'Purchasing Manager',
      'HR Manager',
    ],
    senior: ['Senior Buyer', 'Senior Workplace Planner', 'Senior IT Engineer', 'Lead Architect'],
    entry: ['Office Assistant', 'Buyer', 'IT Support Specialist', 'Team Assistant', 'Receptionist'],
  },
  zh: {
    executive: ['总经理', '运营总裁', '首席财务官', '创始人'],
    director: ['行政总监', '采购总监', 'IT总监', '设施总监'],
    manager: ['行政经理', '采购经理', 'IT经理', '人事经理', '物业经理'],
    senior: ['高级采购', '高级行政', '高级工程师', '空间规划师'],
    entry: ['行政专员', '采购专员', 'IT支持', '前台', '助理'],
  },
};

export const COMPANY_STEMS_EN = words(
  'Alder Anchor Apex Aurora Beacon Bluefield Bramble Bridgewater Brightside Calder Canyon Cobalt Copper Corvid Crescent Delta Dovetail Eastgate Ember Everline Fairway Fernhill Foxglove Granite Greenlane Halcyon Hawthorn Heron Highgate Indigo Juniper Keystone Kingfisher Lakeshore Lantern Longmeadow Marble Meridian Millstone Moonrise Nettle Northfield Oakridge Opal Orchard Parkside Pebble Pinecone Quarry Quill Redwood Riverbend Saffron Sandpiper Silverbirch Skylark Stonebridge Summit Sunfield Tamarind Thistle Tidewater Umber Vale Vantage Waterford Westwind Whitecap Willow Wren Yarrow Zephyr',
);
export const COMPANY_STEMS_ZH = words(
  '晨光 远航 青禾 星河 蓝田 云岭 瑞丰 嘉木 清源 海棠 长风 锦程 知行 万象 博雅 金穗 启明 安澜 天目 北辰 南溪 东篱 西岭 明德 和煦 润泽 新程 乐山 竹影 松石 朗月 霁云 凌波 望川 白鹭 青峰',
);
export const COMPANY_SUFFIX: Readonly<
  Record<DemoLanguage, Readonly<Record<Industry, readonly string[]>>>
> = {
  en: {
    COMPUTER_SOFTWARE: ['Software', 'Systems', 'Labs'],
    FINANCIAL_SERVICES: ['Capital', 'Finance', 'Partners'],
    HOSPITAL_HEALTH_CARE: ['Clinic', 'Health', 'Medical Group'],
    MACHINERY: ['Engineering', 'Machine Works', 'Industries'],
    EDUCATION_MANAGEMENT: ['Academy', 'College', 'Institute'],
    RETAIL: ['Stores', 'Retail', 'Trading'],
    LEGAL_SERVICES: ['Legal', 'Law', 'Solicitors'],
    ARCHITECTURE_PLANNING: ['Architects', 'Studio', 'Planning'],
    HOSPITALITY: ['Hotels', 'Hospitality', 'Resorts'],
    LOGISTICS_AND_SUPPLY_CHAIN: ['Logistics', 'Freight', 'Supply'],
  },
  zh: {
    COMPUTER_SOFTWARE: ['科技', '软件'],
    FINANCIAL_SERVICES: ['资本', '金融'],
    HOSPITAL_HEALTH_CARE: ['医院', '健康'],
    MACHINERY: ['机械', '重工'],
    EDUCATION_MANAGEMENT: ['教育', '学院'],
    RETAIL: ['商贸', '零售'],
    LEGAL_SERVICES: ['律师事务所'],
    ARCHITECTURE_PLANNING: ['建筑设计', '规划设计'],
    HOSPITALITY: ['酒店', '文旅'],
    LOGISTICS_AND_SUPPLY_CHAIN: ['物流', '供应链'],
  },
};
