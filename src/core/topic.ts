/** What messages are about: the admin's list, with names and words in both languages. */

export interface Topic {
  /** Stable: it is what the CRM stores. */
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
  /** Words and phrases that speak for it, lower case, simplified. */
  readonly words: { readonly en: readonly string[]; readonly zh: readonly string[] };
}

const list = (text: string): string[] => text.split(',').map((word) => word.trim());
const topic = (id: string, en: string, zh: string, wordsEn: string, wordsZh: string): Topic => ({
  id,
  name: { en, zh },
  words: { en: list(wordsEn), zh: list(wordsZh) },
});

/** Where an account starts; its admin changes them in the settings. */
export const DEFAULT_TOPICS: readonly Topic[] = [
  topic(
    'billing',
    'Billing and payment',
    '账单与付款',
    'invoice, bill, billed, charge, charged, payment, pay, paid, card, vat, tax, receipt, subscription, renewal, credit note, price, fee, fees, balance, reminder, bank transfer',
    '发票, 账单, 扣款, 扣费, 付款, 支付, 收费, 税率, 税号, 续费, 套餐, 欠款, 催款, 报价, 手续费, 信用卡, 转账, 价格',
  ),
  topic(
    'refund',
    'Returns and refunds',
    '退换与退款',
    'refund, refunded, return, returns, returned, money back, replacement, replace, exchange, compensation, reimburse, warranty',
    '退款, 退货, 退换, 换货, 退钱, 赔偿, 补发, 保修, 退订, 退费',
  ),
  topic(
    'delivery',
    'Delivery',
    '配送',
    'delivery, deliver, delivered, shipping, shipped, shipment, courier, parcel, package, tracking, arrived, arrive, late, box, packaging, driver, order has not',
    '配送, 送货, 发货, 快递, 物流, 包裹, 到货, 送到, 骑手, 签收, 包装, 收货, 运费, 送餐, 没收到, 还没到',
  ),
  topic(
    'quality',
    'Product and quality',
    '产品与质量',
    'broken, defect, defective, faulty, quality, damaged, scratched, cracked, noise, screen, battery, cable, remote, leaks, overheats, wobbles, material, size, colour, color, motor, hinge',
    '质量, 坏了, 故障, 损坏, 破损, 划痕, 异响, 屏幕, 电池, 电源, 遥控器, 漏水, 发烫, 做工, 尺寸, 颜色, 材质, 开裂, 变形',
  ),
  topic(
    'software',
    'App and software',
    '软件与系统',
    'app, crash, crashes, software, website, site, page, update, version, bug, error, export, import, sync, notification, notifications, api, report, dashboard, search, button, freeze, freezes, load, calendar',
    '软件, 系统, 应用, 闪退, 网站, 页面, 更新, 升级, 版本, 报错, 导出, 导入, 同步, 通知, 接口, 报表, 看板, 搜索, 按钮, 卡死, 加载, 日历, 功能',
  ),
  topic(
    'account',
    'Account and sign-in',
    '账户与登录',
    'login, log in, sign in, password, account, locked out, two-factor, code, pin, user, users, seat, licence, license, permission, access, admin, single sign-on',
    '登录, 登陆, 密码, 账号, 账户, 验证码, 权限, 授权, 管理员, 注册, 注销, 单点登录',
  ),
  topic(
    'service',
    'Service and staff',
    '服务与人员',
    'support, service, staff, agent, technician, phone, hotline, rude, friendly, helpful, answer, reply, call back, colleague, waiter, crew, training',
    '客服, 服务, 态度, 师傅, 技术员, 电话, 热线, 工单, 回复, 回电, 员工, 服务员, 培训, 机组',
  ),
  topic(
    'installation',
    'Set-up and use',
    '安装与使用',
    'install, installation, installed, set up, setup, assembly, assemble, manual, instructions, configure, connect, how to, settings, reset, compatible',
    '安装, 组装, 说明书, 设置, 配置, 连接, 怎么用, 教程, 兼容, 重置, 使用方法',
  ),
];
