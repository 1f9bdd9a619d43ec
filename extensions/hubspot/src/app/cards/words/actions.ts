/** What the buttons say that do something in the CRM, and what came of it. */
import type { Words } from '../lib/translate.ts';

export const actions = {
  task: {
    create: ['Create task', '创建任务'],
    planned: ['Task planned', '任务已计划'],
    ordered: ['Task created', '任务已创建'],
    done: ['This task exists already', '该任务已存在'],
    from: ['Advice by Rapport, {day}', 'Rapport 建议，{day}'],
  },
  note: {
    create: ['Add note', '添加备注'],
    planned: ['Note planned', '备注已计划'],
    ordered: ['Note added', '备注已添加'],
    done: ['This note exists already', '该备注已存在'],
  },
  planned: [
    'It is created once an admin approves what Rapport writes.',
    '管理员批准 Rapport 写入后即会创建。',
  ],
  ordered: ['It appears on the record in a moment.', '片刻后显示在记录中。'],
  done: ['No second one was made.', '未重复创建。'],
  create: {
    failed: ['It could not be created', '创建失败'],
    'failed.body': ['Try again in a moment.', '请稍后重试。'],
  },
  not_now: {
    '': ['Not now', '暂不联系'],
    why: ['Why not?', '原因：'],
    wrong_time: ['Wrong time', '时间不合适'],
    wrong_channel: ['Wrong channel', '渠道不合适'],
    already_spoke: ['Already spoke', '已经联系过'],
    wrong_about: ['Wrong about them', '判断有误'],
    set: ['Set aside {when}: {reason}', '{when}已搁置：{reason}'],
    saved: ['Noted; the advice is set aside.', '已记录，该建议已搁置。'],
  },
} as const satisfies Words;
