/** What the buttons say that do something in the CRM, and what came of it. */
import type { Words } from '../lib/translate.ts';

export const actions = {
  task: {
    '': 'Task|任务',
    create: 'Create task|创建任务',
    from: 'Advice by Rapport, {day}|Rapport 建议，{day}',
  },
  note: {
    '': 'Note|备注',
    create: 'Add note|添加备注',
  },
  create: {
    planned: '{what} planned; an admin has yet to approve it.|{what}已计划，待管理员批准后创建。',
    ordered:
      '{what} created; it shows on the record in a moment.|{what}已创建，片刻后显示在记录中。',
    done: '{what} exists already; no second one was made.|{what}已存在，未重复创建。',
    failed: '{what} not created; try again.|{what}创建失败，请重试。',
  },
  not_now: {
    '': 'Not now|暂不联系',
    why: 'What is wrong?|原因：',
    wrong_time: 'Wrong time|时间不合适',
    wrong_channel: 'Wrong channel|渠道不合适',
    already_spoke: 'Already spoke|已经联系过',
    wrong_about: 'Wrong about them|判断有误',
    set: 'Set aside {when}: {reason}|{when}已搁置：{reason}',
    saved: 'Noted; the advice is set aside.|已记录，该建议已搁置。',
  },
} as const satisfies Words;
