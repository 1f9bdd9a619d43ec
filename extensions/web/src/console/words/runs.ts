/** What the last runs did, in counts. */
import type { WordTable } from '../../page-language.ts';

export const runs = {
  runs: ['Recent runs', '最近运行'],
  run: ['Run', '运行'],
  started: ['Started', '开始时间'],
  took: ['Took', '用时'],
  counts: ['Counts', '数量'],
  running: ['running', '进行中'],
  noRuns: ['No run yet.', '尚无运行记录。'],
  'run.backfill': ['Copy of all records', '复制全部记录'],
  'run.train': ['Training', '训练'],
  'run.drain': ['Following changes', '跟进更改'],
  'count.read': ['records read', '读取记录'],
  'count.events': ['events', '事件'],
  'count.scored': ['scored', '评分'],
  'count.planned': ['writes planned', '计划写入'],
  'count.records': ['records', '记录'],
  'count.contacts': ['contacts', '联系人'],
  'count.records_written': ['records written', '写入记录'],
  'count.properties_written': ['properties written', '写入属性'],
  nothing: ['nothing to do', '无需处理'],
} as const satisfies WordTable;
