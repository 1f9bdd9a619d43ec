/** Figures of service, and what goes together with ratings. */
import type { WordTable } from '../../page-language.ts';

export const service = {
  service: ['Service in the last 90 days', '最近 90 天的服务情况'],
  'service.figure': ['Figure', '指标'],
  'service.value': ['Value (95% interval)', '数值（95% 区间）'],
  'service.before': ['90 days before', '此前 90 天'],
  'kpi.first_response_hours': ['First response, hours (median)', '首次响应时长（小时，中位数）'],
  'kpi.resolution_hours': ['Resolution, hours (median)', '解决时长（小时，中位数）'],
  'kpi.follow_up_on_time': ['Answered on time', '按时答复率'],
  'kpi.reply_rate': ['Customers who replied', '客户回复率'],
  'kpi.conversion': ['Deals won of those closed', '已关闭商机的赢单率'],
  'kpi.csat': ['Satisfied customers (CSAT)', '客户满意率（CSAT）'],
  'kpi.nps': ['Net promoter score', '净推荐值（NPS）'],
  drivers: ['What goes together with ratings', '与评分相关的因素'],
  'drivers.factor': ['Factor', '因素'],
  'drivers.points': ['Rating points (95% interval)', '评分变化（95% 区间）'],
  'drivers.noCause': [
    'From {n} ratings of 0 to 10, the other factors held fixed. Associated with the rating; no proof of a cause. q is the false discovery rate; VIF above 5 means that a factor repeats others.',
    '依据 {n} 条 0–10 分的评分，其他因素保持不变。仅表示相关，不能证明因果。q 为错误发现率；VIF 大于 5 表示该因素与其他因素重叠。',
  ],
  'drivers.tooFew': [
    '{n} ratings follow a case; too few to say what goes together with them.',
    '仅有 {n} 条评分对应到工单，数据太少，无法判断相关因素。',
  ],
  'driver.first_response_doubling': ['First response takes twice as long', '首次响应时长翻倍'],
  'driver.resolution_doubling': ['Resolution takes twice as long', '解决时长翻倍'],
  'driver.unanswered': ['Never answered', '从未答复'],
  'driver.unresolved': ['Not resolved', '尚未解决'],
  'driver.touches': ['One touch more', '每多联系一次'],
  'driver.reopened': ['Reopened', '重新打开'],
} as const satisfies WordTable;
