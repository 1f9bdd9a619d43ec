/** What sets a segment apart, in words. */
import type { Words } from '../lib/translate.ts';

export const segments = {
  word: {
    buys_often: 'buys often|购买频繁',
    buys_rarely: 'buys rarely|购买较少',
    spends_much: 'spends much|消费较高',
    large_orders: 'large orders|单次消费高',
    small_orders: 'small orders|单次消费低',
    bought_recently: 'bought recently|近期有购买',
    bought_long_ago: 'last bought long ago|久未购买',
    in_close_touch: 'in close touch|往来密切',
    long_silent: 'long silent|久未回应',
    new_on_file: 'new on file|新建档',
    needs_support: 'often needs support|常需支持',
    rates_well: 'rates us well|评价较好',
    rates_badly: 'rates us badly|评价较差',
    no_purchase_yet: 'no purchase yet|尚未购买',
    typical: 'like most|与多数客户相近',
    outlier: 'unlike the others|与其他客户差异明显',
    answers_phone: 'answers calls|常接电话',
    answers_meeting: 'comes to meetings|常到会面',
    answers: 'replies by {channel}|常用{channel}回复',
    in_part: '{word} {dayPart}|{dayPart}{word}',
    other: 'something else|其他特点',
  },
  'segment.other': 'Segment {id}|分群 {id}',
} as const satisfies Words;
