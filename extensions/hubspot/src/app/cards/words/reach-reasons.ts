/** What the reasons of a chance of reply say. */
import type { Words } from '../lib/translate.ts';

/** The reasons that compare with people alike, each as raising and as lowering. */
const alike = <K extends string>(who: Readonly<Record<K, string>>) =>
  Object.fromEntries(
    Object.entries<string>(who).flatMap(([key, words]) => {
      const [en, zh] = words.split('|');
      return [
        [`${key}.up`, `People ${en} reply more often|${zh}的客户更常回应`],
        [`${key}.down`, `People ${en} reply less often|${zh}的客户较少回应`],
      ];
    }),
  ) as Record<`${K}.up` | `${K}.down`, string>;

/** What came of a channel's touches: of all of them, and of those at one time of day. */
const history = <K extends string>(lines: Readonly<Record<K, string>>) =>
  Object.fromEntries(
    Object.entries<string>(lines).flatMap(([channel, words]) => [
      [`personal_history.${channel}`, words],
      [`personal_day_part.${channel}`, words.replace('|', ' {dayPart}|{dayPart}的')],
    ]),
  ) as Record<`personal_${'history' | 'day_part'}.${K}`, string>;

export const reachReasons = {
  ...alike({
    lifecycle: 'at the same stage|同一阶段',
    language: 'with the same language|使用相同语言',
    trait_job_title: 'with the same job title|职位相同',
    trait_seniority: 'of the same seniority|职级相同',
    trait_industry: 'in the same industry|同行业',
    trait_country: 'in the same country|同一国家',
    trait_source: 'from the same source|来源相同',
    trait_lead_status: 'with the same lead status|线索状态相同',
    trait: 'with a similar profile|情况相近',
  }),
  ...history({
    phone: 'Answered {answered} of {touches}|{touches}中接通 {answered} 次',
    email: 'Replied to {answered} of {touches}|{touches}中回复 {answered} 封',
    meeting: 'Came to {answered} of {touches}|{touches}中到场 {answered} 次',
  }),
  personal_history: 'Replied to {answered} of {touches}|{touches}中回复 {answered} 条',
  personal_day_part:
    'Replied to {answered} of {tried} touches {dayPart}|' +
    '{dayPart}共联系 {tried} 次，回应 {answered} 次',
  overall_history:
    'Replied to {answered} of {tried} touches on all channels|' +
    '各渠道共联系 {tried} 次，回应 {answered} 次',
  day_part: {
    up: 'People reply more often {dayPart}|客户在{dayPart}更常回应',
    down: 'People reply less often {dayPart}|客户在{dayPart}较少回应',
  },
} as const satisfies Words;
