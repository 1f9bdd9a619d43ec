/** How the records here compare with those of the CRM, kind by kind. */
import type { WordTable } from '../../page-language.ts';

export const completeness = {
  completeness: ['Completeness', '完整性'],
  object: ['Records', '记录'],
  complete: ['Complete', '是否完整'],
  'complete.yes': ['Complete', '完整'],
  'complete.no': ['A gap, being mended', '有缺口，正在补齐'],
  'complete.unknown': ['Not compared yet', '尚未核对'],
  'complete.none': ['Nothing has been compared yet.', '尚未核对任何记录。'],
  checksum: ['Checksum of ids', '编号校验和'],
  compared: ['Compared', '核对时间'],
  lastGap: ['Last gap', '最近缺口'],
  noGap: ['None', '无'],
  'object.contact': ['Contacts', '联系人'],
  'object.company': ['Companies', '公司'],
  'object.deal': ['Deals', '交易'],
  'object.line_item': ['Line items', '产品明细'],
  'object.ticket': ['Tickets', '工单'],
  'object.feedback': ['Survey answers', '问卷回答'],
  'object.call': ['Calls', '通话'],
  'object.email': ['Emails', '邮件'],
  'object.meeting': ['Meetings', '会议'],
  'object.note': ['Notes', '备注'],
  'object.communication': ['Messages', '消息'],
} as const satisfies WordTable;
