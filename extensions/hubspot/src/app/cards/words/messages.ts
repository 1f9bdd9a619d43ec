/** What a message is: type, urgency, sentiment, and how to correct it. */
import type { Words } from '../lib/translate.ts';

export const messages = {
  'feedback.title': ['What they have told us', '客户反馈'],
  'feedback.open': ['Open', '未结'],
  'feedback.unread': ['Language not read', '暂不支持该语言'],
  'feedback.unsorted': ['Not sorted yet', '尚未分类'],
  'correct.this': ['Correct this', '纠正'],
  'correct.it_is': ['It is:', '应为：'],
  'correct.saved': ['Noted; the next model learns from it.', '已记录，下一个模型会据此学习。'],
  'type.problem': ['Problem', '问题'],
  'type.suggestion': ['Suggestion', '建议'],
  'type.praise': ['Praise', '表扬'],
  'type.question': ['Question', '咨询'],
  'type.other': ['Feedback', '反馈'],
  'urgency.now': ['Urgent', '紧急'],
  'urgency.today': ['Answer today', '今天答复'],
  'urgency.this_week': ['This week', '本周内'],
  'sentiment.very_negative': ['Very negative', '非常负面'],
  'sentiment.negative': ['Negative', '负面'],
  'sentiment.neutral': ['Neutral', '中性'],
  'sentiment.positive': ['Positive', '正面'],
  'sentiment.very_positive': ['Very positive', '非常正面'],
} as const satisfies Words;
