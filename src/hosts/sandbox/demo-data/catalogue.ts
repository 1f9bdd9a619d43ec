/** What the fictional portal sells: forty products with SKU and price, and their Chinese generic names. */

export interface CatalogueProduct {
  readonly id: string;
  readonly name: string;
  readonly nameZh: string;
  readonly sku: string;
  readonly price: number;
  readonly family: 'furniture' | 'light' | 'room' | 'sound' | 'software' | 'service';
}

type Row = readonly [name: string, nameZh: string, price: number];
const FAMILIES: Readonly<Record<CatalogueProduct['family'], readonly Row[]>> = {
  furniture: [
    ['Larch Standing Desk 120', '升降桌', 449],
    ['Larch Standing Desk 160', '大升降桌', 549],
    ['Larch Corner Desk', '转角桌', 639],
    ['Birch Task Chair', '办公椅', 289],
    ['Birch Executive Chair', '大班椅', 619],
    ['Cedar Meeting Table 240', '会议桌', 1190],
    ['Cedar Stool', '吧凳', 119],
    ['Rowan Locker 6', '储物柜', 379],
    ['Rowan Phone Booth', '电话亭', 4900],
    ['Larch Cable Tray', '理线槽', 39],
  ],
  light: [
    ['Lumen Desk Lamp', '台灯', 99],
    ['Lumen Floor Lamp', '落地灯', 219],
    ['Lumen Panel 60', '面板灯', 149],
    ['Lumen Window Blind', '智能窗帘', 259],
    ['Lumen Wall Switch', '无线开关', 49],
  ],
  room: [
    ['Harbor Meeting Display 55', '会议屏', 1490],
    ['Harbor Meeting Display 75', '大会议屏', 2690],
    ['Harbor Door Panel', '门牌屏', 349],
    ['Harbor Room Camera', '会议摄像头', 590],
    ['Harbor Dock', '扩展坞', 179],
    ['Breeze Air Sensor', '空气传感器', 129],
    ['Breeze Occupancy Sensor', '人体传感器', 89],
    ['Breeze Air Purifier', '空气净化器', 399],
    ['Harbor Visitor Kiosk', '访客机', 1890],
  ],
  sound: [
    ['Hush Acoustic Panel', '隔音板', 79],
    ['Hush Ceiling Baffle', '吸音吊片', 139],
    ['Hush Headset One', '耳机', 149],
    ['Hush Headset Pro', '降噪耳机', 249],
    ['Hush Speaker Bar', '条形音箱', 329],
    ['Hush Table Microphone', '桌面麦克风', 199],
  ],
  software: [
    ['Atlas Booking', '预订系统', 480],
    ['Atlas Visitors', '访客系统', 360],
    ['Atlas Insights', '数据看板', 720],
    ['Atlas Signage', '信息发布', 300],
    ['Atlas Wayfinding', '楼层导航', 540],
  ],
  service: [
    ['Installation Day', '安装服务', 650],
    ['Care Plan Basic', '基础保养', 240],
    ['Care Plan Plus', '高级保养', 590],
    ['Space Planning Workshop', '空间规划', 1400],
    ['Moving Service', '搬迁服务', 980],
  ],
};

const PREFIX: Readonly<Record<CatalogueProduct['family'], string>> = {
  furniture: 'FU',
  light: 'LI',
  room: 'RO',
  sound: 'SO',
  software: 'SW',
  service: 'SV',
};
const FIRST_PRODUCT_ID = 1_601_001;

export const CATALOGUE: readonly CatalogueProduct[] = Object.entries(FAMILIES)
  .flatMap(([key, rows]) => {
    const family = key as CatalogueProduct['family'];
    return rows.map(([name, nameZh, price], i) => ({ name, nameZh, price, family, index: i }));
  })
  .map(({ index, ...product }, i) => ({
    id: String(FIRST_PRODUCT_ID + i),
    sku: `${PREFIX[product.family]}-${String(101 + index)}`,
    ...product,
  }));
