/** How good the models in use are, beside their baselines. */
import type { WordTable } from '../../page-language.ts';

export const models = {
  models: ['Models', '模型'],
  model: ['Model', '模型'],
  n: ['n', 'n'],
  measure: ['Held-out figure', '留出集指标'],
  baseline: ['Baseline', '基准'],
  noModel: ['Not trained yet.', '尚未训练。'],
  version: ['Version {version}, trained {when}', '版本 {version}，训练于{when}'],
  logLoss: ['log-loss {value} (lower is better)', '对数损失 {value}（越低越好）'],
  accuracy: ['{value}% right', '正确率 {value}%'],
  tooLittle: ['too little data to judge', '数据太少，无法评估'],
  corrections: [
    'Corrections learnt from: {given}; Rapport had said something else in {changed}, and now agrees in {learnt} of those.',
    '已学习 {given} 条人工纠正；其中 {changed} 条与 Rapport 原判断不同，新模型现在认同其中 {learnt} 条。',
  ],
  notBetter: ['not better than the baseline', '不优于基准'],
  'model.channel': ['Channel and time of day', '渠道与时段'],
  'model.churn': ['Churn', '流失风险'],
  'model.deals': ['Deals won', '商机赢单'],
  'model.type': ['Feedback type', '反馈类型'],
  'model.sentiment': ['Sentiment', '情绪'],
  'model.urgency': ['Urgency', '紧急程度'],
} as const satisfies WordTable;
