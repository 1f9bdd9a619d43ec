/** How and when to reach somebody: chances, evidence, rules that forbid. */
import type { Words } from '../lib/translate.ts';

export const reach = {
  state: {
    'baseline.tag': 'Learning|数据积累中',
    blocked: 'No channel is allowed right now.|当前没有可用渠道。',
  },
  reach: {
    title: 'Best way to reach {name}|联系{name}的最佳方式',
    phone: 'Call {name}|致电{name}',
    email: 'Email {name}|发邮件给{name}',
    meeting: 'Meet {name}|约{name}会面',
    chat: 'Chat with {name}|在线联系{name}',
    sms: 'Text {name}|发短信给{name}',
    other: 'Contact {name}: {channel}|通过{channel}联系{name}',
    when: '{day}, {hours} ({zone})|{day} {hours}（{zone}）',
    'when.viewer': '{hours} in your account’s time|账户所在时区为 {hours}',
    zone: '{city} time|{city}时间',
    chance: '{rate}% reply rate expected|预计回复率 {rate}%',
    interval: 'likely {low} to {high}%|可能区间 {low}%–{high}%',
    usual: 'usual rate {usual}%|通常为 {usual}%',
    or:
      'Or {channel}: {rate}% reply rate expected (usual rate {usual}%).|' +
      '或通过{channel}：预计回复率 {rate}%（通常为 {usual}%）。',
    touches: '{count} of {max} touches this week|本周已联系 {count} 次，上限 {max} 次',
  },
  evidence: {
    personal: 'Personal · {n}|本人记录 · {n}',
    similar: 'People like {name} · {n} so far|与{name}相似的客户 · 本人 {n}',
    everyone: 'Team average · {n} so far|团队平均 · 本人 {n}',
  },
  touch: {
    phone: '{n} {n;call;calls}|{n} 次电话',
    email: '{n} {n;email;emails}|{n} 封邮件',
    meeting: '{n} {n;meeting;meetings}|{n} 次会面',
    other: '{n} {n;message;messages}|{n} 条消息',
  },
  blocked: {
    '': 'No {channel}: {why}|不可使用{channel}：{why}',
    consent_denied: 'consent was refused.|客户已拒绝授权。',
    consent_missing: 'consent has not been given.|客户尚未授权。',
    no_address: 'no number or address on the record.|记录中没有号码或地址。',
    touch_cap: 'this week’s touches are used up.|本周联系次数已用完。',
    quiet_hours: 'no hour of the coming days is open to it.|未来几天没有可联系的时段。',
    other: 'a rule does not allow it.|规则不允许。',
  },
  part: {
    hours: 'between {from} and {until}|{from}–{until} 点',
    other: 'at this time of day|这一时段',
  },
} as const satisfies Words;
