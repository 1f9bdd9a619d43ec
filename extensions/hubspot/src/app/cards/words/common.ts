/** What every card says: states, actions, channels, reasons of any kind. */
import type { Words } from '../lib/translate.ts';

export const common = {
  state: {
    loading: 'Loading engagement insight|正在加载互动洞察',
    'stale.title': 'This score is out of date|该评分已过期',
    stale:
      'Last scored {when}; newer activity is not included.|上次评分：{when}，未计入之后的活动。',
    'error.title': 'Insight could not be loaded|无法加载洞察',
    error: 'Try again in a moment; the record is not affected.|请稍后重试，客户记录不受影响。',
    'no_access.title': 'No access|没有权限',
    no_access:
      'You don’t have access to engagement insight. Ask an admin.|您没有查看互动洞察的权限，请联系管理员。',
    'not_connected.title': 'Not connected|未连接',
    not_connected: 'Rapport is not connected to this account.|Rapport 尚未连接到此账户。',
  },
  action: {
    retry: 'Try again|重试',
    refresh: 'Refresh score|刷新评分',
  },
  refresh: {
    failed: 'The score could not be refreshed.|评分刷新失败。',
  },
  channel: {
    phone: 'phone|电话',
    email: 'email|邮件',
    meeting: 'meeting|会面',
    chat: 'chat|在线聊天',
    sms: 'text message|短信',
    whatsapp: 'WhatsApp|WhatsApp',
    wechat: 'WeChat|微信',
    linkedin: 'LinkedIn|LinkedIn',
    other: 'other channel|其他渠道',
  },
  'save.failed': 'That did not work; try again.|操作未成功，请重试。',
  why: {
    title: 'Why this score|评分依据',
    raises: 'Raises|提高',
    lowers: 'Lowers|降低',
  },
  footer: {
    updated: 'Updated {when}|{when}更新',
    model: 'Model {version}|模型 {version}',
  },
  unknown: {
    up: 'Other facts speak for it|其他信息支持这一判断',
    down: 'Other facts speak against it|其他信息不支持这一判断',
  },
} as const satisfies Words;
