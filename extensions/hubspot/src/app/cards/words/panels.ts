/** What a contact’s windows say: the draft, the log, the details, the trend. */
import type { Words } from '../lib/translate.ts';

export const panels = {
  draft: {
    '': 'Draft {channel}|拟写{channel}',
    text: 'Message|消息内容',
    copy: 'Copy draft|复制草稿',
    copied: 'Copied|已复制',
    from: 'From: {title}|来源：{title}',
    begun: 'Only a beginning; please go on|仅为开头，请补充完整',
    blanks: '{n} {n;place;places} to fill in|{n} 处待填写',
    none: 'Nothing to draft here.|暂无可拟写的内容。',
  },
  log: {
    '': 'Log feedback|记录反馈',
    text: 'What did they say?|客户说了什么？',
    subject: 'Feedback from {name}|{name}的反馈',
  },
  details: {
    '': 'Why this?|依据详情',
    mistake: 'Report a mistake|报告错误',
    changes: 'What would change it|哪些情况会改变它',
    answered_once: 'One more answer: {rate}%|再回应一次：{rate}%',
    missed_once: 'One more without answer: {rate}%|再一次未回应：{rate}%',
    allowed: 'If {channel} were allowed: {rate}%|若允许{channel}：{rate}%',
  },
  trend: 'Churn by month|逐月流失概率',
} as const satisfies Words;
