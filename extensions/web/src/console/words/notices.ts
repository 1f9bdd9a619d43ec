/** What an admin is told to do, per notice. */
import type { WordTable } from '../../page-language.ts';

export const notices = {
  'notice.reconnect': ['The CRM took the grant back', 'CRM 已收回授权'],
  'notice.do.reconnect': [
    'No call is made and nothing is lost. Connect again within 30 days; after that everything held of the account is erased.',
    '已停止一切调用，数据没有丢失。请在 30 天内重新连接，逾期将删除该账户的全部数据。',
  ],
  'notice.uninstalled': ['Uninstalled', '已卸载'],
  'notice.do.uninstalled': [
    'What is held of the account is erased after 30 days, unless it connects again.',
    '该账户的数据将在 30 天后删除，重新连接则保留。',
  ],
  'notice.scopes': ['Scopes are missing', '缺少授权范围'],
  'notice.do.scopes': [
    'What needs them is left out until an admin agrees to them:',
    '管理员同意之前，相关内容暂不处理：',
  ],
  'notice.property_limit': ['No room for properties', '属性数量已达上限'],
  'notice.do.property_limit': [
    'The account has reached its limit of custom properties. Make room, then connect again. Left out:',
    '该账户的自定义属性已达上限。请腾出空间后重新连接。未创建：',
  ],
  'notice.properties_refused': [
    'The CRM takes no values for some properties',
    'CRM 不接受部分属性的值',
  ],
  'notice.do.properties_refused': [
    'Restore them in the CRM, then run rapport writes release; or connect again. Left out:',
    '请在 CRM 中恢复这些属性，然后运行 rapport writes release，或重新连接。未写入：',
  ],
  'notice.since': ['Since {when}', '始于{when}'],
  'notice.connect': ['Connect again', '重新连接'],
} as const satisfies WordTable;
