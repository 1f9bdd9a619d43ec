/** What a message is: type, urgency, sentiment, and how to correct it. */
import type { Words } from '../lib/translate.ts';

export const messages = {
  feedback: {
    title: 'What they have told us|客户反馈',
    open: 'Open|未结',
    unread: 'Language not read|暂不支持该语言',
    unsorted: 'Not sorted yet|尚未分类',
  },
  correct: {
    this: 'Correct this|纠正',
    it_is: 'It is:|应为：',
    saved: 'Noted; the next model learns from it.|已记录，下一个模型会据此学习。',
  },
  type: {
    problem: 'Problem|问题',
    suggestion: 'Suggestion|建议',
    praise: 'Praise|表扬',
    question: 'Question|咨询',
    other: 'Feedback|反馈',
  },
  urgency: {
    now: 'Urgent|紧急',
    today: 'Answer today|今天答复',
    this_week: 'This week|本周内',
  },
  sentiment: {
    very_negative: 'Very negative|非常负面',
    negative: 'Negative|负面',
    neutral: 'Neutral|中性',
    positive: 'Positive|正面',
    very_positive: 'Very positive|非常正面',
  },
} as const satisfies Words;
