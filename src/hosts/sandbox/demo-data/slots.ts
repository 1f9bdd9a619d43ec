/** What fills the slots of a frame: products, orders, amounts, days, people, in the language of the frame. */
import { CATALOGUE, type CatalogueProduct } from './catalogue.ts';
import type { SlotFiller } from './frame.ts';
import type { Company, Person } from './people.ts';
import { PLACES_EN, PLACES_ZH } from './places.ts';
import type { DemoLanguage } from './profile.ts';
import type { Random } from './random.ts';

const UNPOWERED = /Chair|Table|Stool|Locker|Tray|Panel 60|Acoustic|Baffle|Corner/;
const GOODS = CATALOGUE.filter(
  ({ family, name }) => family !== 'software' && family !== 'service' && !UNPOWERED.test(name),
);
const SOFTWARE = CATALOGUE.filter(({ family }) => family === 'software');

const PARTS: Readonly<Record<DemoLanguage, readonly string[]>> = {
  en: [
    'power supply',
    'control panel',
    'remote',
    'mounting bracket',
    'desk top',
    'armrest',
    'cable',
    'USB port',
    'wall mount',
    'fan',
    'filter',
    'hinge',
    'touch panel',
    'base plate',
  ],
  zh: [
    '电源',
    '控制面板',
    '遥控器',
    '支架',
    '桌面',
    '扶手',
    '线缆',
    'USB接口',
    '壁挂',
    '风扇',
    '滤芯',
    '合页',
    '触摸屏',
    '底座',
  ],
};
const TEAMS: Readonly<Record<DemoLanguage, readonly string[]>> = {
  en: ['facilities', 'finance', 'IT', 'sales', 'design', 'HR', 'purchasing', 'legal', 'support'],
  zh: ['行政部', '财务部', 'IT部', '销售部', '设计部', '人事部', '采购部', '法务部', '客服部'],
};
const WEEKDAYS: Readonly<Record<DemoLanguage, readonly string[]>> = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
  zh: ['周一', '周二', '周三', '周四', '周五', '星期三', '礼拜五'],
};

/** What a message is about, so that its sentences speak of the same product and order. */
export interface Subject {
  readonly language: DemoLanguage;
  readonly person: Pick<Person, 'firstName' | 'lastName' | 'rep' | 'place'>;
  readonly company: Company | null;
}

export function slotFiller(subject: Subject, random: Random): SlotFiller {
  const { language, person } = subject;
  const chosen = new Map<string, string>();
  const fill: SlotFiller = (slot) => {
    const known = chosen.get(slot);
    if (known !== undefined) return known;
    const value = slotValue(slot, subject, random);
    if (STABLE.has(slot)) chosen.set(slot, value);
    return value;
  };
  chosen.set('first', language === 'zh' ? person.lastName + person.firstName : person.firstName);
  return fill;
}

const STABLE = new Set(['product', 'feature', 'order', 'team', 'rep', 'amount']);

function slotValue(slot: string, { language, person, company }: Subject, random: Random): string {
  switch (slot) {
    case 'product':
    case 'product2':
      return productName(random.pick(GOODS), language, random);
    case 'feature':
      return softwareName(random.pick(SOFTWARE), language, random);
    case 'part':
      return random.pick(PARTS[language]);
    case 'team':
      return random.pick(TEAMS[language]);
    case 'weekday':
      return random.pick(WEEKDAYS[language]);
    case 'order':
      return `${random.pick(['LL-', '#', 'SO', 'PO-'])}${String(random.int(10_000, 99_999))}`;
    case 'amount':
    case 'amount2':
      return money(random.int(4, 980) * 10 + random.int(0, 9), language, random);
    case 'n':
      return String(random.int(2, 40));
    case 'm':
      return String(random.int(2, 9));
    case 'days':
      return String(random.int(2, 21));
    case 'version':
      return random.chance(0.5)
        ? `E${String(random.int(10, 99))}`
        : `${String(random.int(2, 6))}.${String(random.int(0, 9))}`;
    case 'city':
      return person.place.city;
    case 'company':
      return company?.name ?? random.pick(language === 'zh' ? PLACES_ZH : PLACES_EN).city;
    case 'rep':
      return language === 'zh' ? person.rep.lastName + person.rep.firstName : person.rep.firstName;
    case 'name':
      return language === 'zh'
        ? person.lastName + person.firstName
        : `${person.firstName} ${person.lastName}`;
    default:
      throw new RangeError(`no such slot: ${slot}`);
  }
}

function productName(product: CatalogueProduct, language: DemoLanguage, random: Random): string {
  if (language === 'zh' && random.chance(0.65)) return product.nameZh;
  const roll = random.next();
  if (roll < 0.6) return product.name;
  return product.name.replace(/^\w+ /, '').replace(/ \d+$/, '').toLowerCase();
}

function softwareName(product: CatalogueProduct, language: DemoLanguage, random: Random): string {
  if (language === 'zh') return random.chance(0.7) ? product.nameZh : product.name;
  const short = product.name.replace('Atlas ', '').toLowerCase();
  return random.pick([`${product.name} app`, `${short} app`, `${short} system`, `${short} tool`]);
}

function money(value: number, language: DemoLanguage, random: Random): string {
  if (language === 'zh') return random.chance(0.6) ? `${String(value)}元` : `¥${String(value)}`;
  return random.chance(0.6) ? `€${String(value)}` : `${String(value)} euros`;
}
