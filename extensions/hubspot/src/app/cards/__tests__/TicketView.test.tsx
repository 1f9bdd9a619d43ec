/** The ticket card as a reader meets it: every state, both languages, each button. */
import {
  Button,
  EmptyState,
  ErrorState,
  Flex,
  Form,
  LoadingButton,
  Select,
  StatusTag,
  Tag,
} from '@hubspot/ui-extensions';
import { CrmActionLink } from '@hubspot/ui-extensions/crm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TicketView } from '../components/TicketView.tsx';
import type { TicketCard } from '../generated/card-contract.ts';
import { ticketBare, ticketReady } from './record-cards.ts';
import { LOCALES, noLeaks, show as render, wordsOf } from './show.tsx';

afterEach(() => vi.unstubAllGlobals());

describe.each(LOCALES)('ticket card in %s', (language, locale) => {
  const say = (en: string, zh: string) => (language === 'en' ? en : zh);
  const show = (card: TicketCard, reply: object | number = {}) =>
    render<TicketCard>(<TicketView />, locale, [card], reply);
  const part = (shown: ReturnType<typeof show>, id: string) =>
    wordsOf(shown.renderer.findByTestId(Flex, id));

  it('says every type with its confidence, urgency, sentiment and topic', async () => {
    const shown = show(ticketReady);
    await shown.see('text-3');
    const tags = shown.renderer.findByTestId(Flex, 'about').findAll(Tag);
    expect(tags.map((tag) => tag.text).slice(0, 5)).toEqual(
      language === 'en'
        ? ['Problem, 91% sure', 'Suggestion, 64% sure', 'Urgent', 'Negative', 'Billing and payment']
        : ['问题（把握 91%）', '建议（把握 64%）', '紧急', '负面', '账单与付款'],
    );
    noLeaks(shown.text());
  });

  it('quotes the sentences behind type and sentiment, names entities and languages', async () => {
    const shown = show(ticketReady);
    await shown.see('text-3');
    const about = part(shown, 'about');
    expect(about).toContain('“The October invoice was charged twice.”');
    expect(about).toContain('“This is the second time this year and I am tired of it.”');
    expect(about).toContain(say('Amount: €120', '金额：€120'));
    expect(about).toContain(
      say('Written in: English, Simplified Chinese', '使用语言：英文，简体中文'),
    );
  });

  it('links each line of the summary to where it was said', async () => {
    const shown = show(ticketReady);
    await shown.see('text-3');
    const links = shown.renderer.findByTestId(Flex, 'summary').findAll(CrmActionLink);
    expect(links.map((link) => link.props.actionType)).toEqual([
      'PREVIEW_OBJECT',
      'ENGAGEMENT_APP_LINK',
    ]);
    expect(links[1]?.props.actionContext).toMatchObject({
      objectId: shown.record,
      engagementId: '77',
    });
    expect(part(shown, 'summary')).toContain(say('Customer · ', '客户 · '));
  });

  it('says since when an answer is overdue, and shows the priority’s formula', async () => {
    const shown = show(ticketReady);
    await shown.see('text-3');
    expect(shown.renderer.findByTestId(Flex, 'follow-up').find(StatusTag).text).toBe(
      say('Overdue', '已逾期'),
    );
    expect(part(shown, 'follow-up')).toContain(say('2 hours ago', '2 小时前'));
    expect(part(shown, 'follow-up')).toContain(say('wrote again', '再次来信'));
    const formula = part(shown, 'priority');
    expect(formula).toContain(say('Priority 85 of 100', '优先级 85/100'));
    expect(formula).toContain(
      say(
        '100 × urgency 1 (Urgent) × value 0.85 (high) × waiting 1^2 (10 h)',
        '100 × 紧急程度 1（紧急） × 客户价值 0.85（高） × 等待时间 1^2（10 小时）',
      ),
    );
  });

  it.each([
    ['open', 'Answer due', '前答复'],
    ['done', 'Answered yesterday by email.', '昨天通过邮件答复。'],
    ['none', 'Nobody waits for an answer.', '无人等待答复。'],
  ] as const)('follow-up %s has a sentence of its own', async (state, en, zh) => {
    const followUp = { ...(ticketReady.followUp as NonNullable<TicketCard['followUp']>), state };
    const shown = show({ ...ticketReady, followUp });
    await shown.see(say(en, zh));
    noLeaks(shown.text());
  });

  it('shows similar cases with their outcome and a draft with source, confidence and blanks', async () => {
    const shown = show(ticketReady);
    await shown.see('text-3');
    const similar = part(shown, 'similar');
    expect(similar).toContain(say('Closed in 2 days · 82% alike', '2 天后结案 · 相似度 82%'));
    expect(similar).toContain(say('Still open', '未结'));
    expect(similar).toContain('We refunded the second payment.');
    const reply = part(shown, 'reply');
    expect(reply).toContain('we refund the second payment within [days].');
    expect(reply).toContain(
      say(
        'From a similar case: Charged twice in May  · 78% sure · 1 place to fill in',
        '来自相似工单：Charged twice in May  · 把握 78% · 1 处待填写',
      ),
    );
    expect(part(shown, 'channel')).toContain(
      say('By email: 45% reply rate expected.', '通过邮件：预计回复率 45%。'),
    );
  });

  it('copies the draft', async () => {
    const shown = show(ticketReady);
    await shown.see('text-3');
    shown.renderer.findByTestId(Button, 'copy').trigger('onClick');
    await shown.see(say('Copied', '已复制'));
    expect(shown.renderer.mocks.actions.copyTextToClipboard.calls[0]?.[0]).toBe(
      ticketReady.reply?.text,
    );
  });

  it('says why a person is needed instead of a draft', async () => {
    const reply = {
      ...(ticketReady.reply as NonNullable<TicketCard['reply']>),
      ...{ kind: 'handover' as const, text: null, reason: 'asked_for_person' },
    };
    const shown = show({ ...ticketReady, reply });
    await shown.see(say('The customer asks for a person.', '客户要求人工服务。'));
    expect(shown.text()).not.toContain(say('Copy draft', '复制草稿'));
  });

  it('sends only what was corrected, and says who said it', async () => {
    const shown = show(ticketReady);
    await shown.see('text-3');
    const select = shown.renderer.findByTestId(Select, 'correct-type');
    expect(select.props.value).toBe('problem');
    select.trigger('onChange', 'suggestion' as never);
    shown.renderer.findByTestId(Select, 'correct-topic').trigger('onChange', 'delivery' as never);
    shown.renderer.find(Form).trigger('onSubmit');
    await shown.see(say('Noted; the next model learns from it.', '已记录，下一个模型会据此学习。'));
    expect(shown.posted().map((one) => one.body)).toEqual([
      { kind: 'ticket', id: '901', field: 'type', label: 'suggestion' },
      { kind: 'ticket', id: '901', field: 'topic', label: 'delivery' },
    ]);
    const later = show({ ...ticketReady, corrected: ['type'] });
    await later.see(say('Problem, by a colleague', '问题（同事标注）'));
  });

  it('creates a task that is due when the answer is', async () => {
    const shown = show(ticketReady, { state: 'done' });
    await shown.see('text-3');
    shown.renderer.findByTestId(LoadingButton, 'create-task').trigger('onClick');
    await shown.see(say('Task exists already', '任务已存在'));
    expect(shown.posted()[0]?.body).toMatchObject({
      kind: 'task',
      type: 'email',
      subject: say('Email Ana · Invoice charged twice', '发邮件给 Ana · Invoice charged twice'),
      dueAt: ticketReady.followUp?.dueAt,
    });
  });

  it('state learning: asks what it is and keeps the rest', async () => {
    const shown = show({ ...ticketReady, state: 'learning', types: [] });
    await shown.see(say('Not sure what kind of message this is.', '尚不能确定消息类型。'));
    expect(part(shown, 'similar')).toContain('Charged twice in May');
    noLeaks(shown.text());
  });

  it('state stale: warns and keeps the content', async () => {
    const shown = show({ ...ticketReady, state: 'stale' });
    await shown.see(say('This score is out of date', '该评分已过期'));
    expect(shown.text()).toContain('Charged twice in May');
  });

  it('with nothing known beside the state shows no empty section', async () => {
    const shown = show({ ...ticketBare, state: 'ready', modelVersion: 'text-3' });
    await shown.see('text-3');
    for (const id of [
      'summary',
      'follow-up',
      'priority',
      'channel',
      'similar',
      'reply',
      'feedback',
    ])
      expect(shown.renderer.findAll(Flex).map((f) => f.props.testId)).not.toContain(id);
    noLeaks(shown.text());
  });

  it.each([
    ['empty', 'This case has not been read', '该工单尚未读取', EmptyState],
    ['unsupported_language', 'other than English or Chinese', '中文和英文以外的语言', EmptyState],
    ['not_connected', 'not connected to this account', '尚未连接到此账户', ErrorState],
    ['no_access', 'You don’t have access', '您没有查看互动洞察的权限', ErrorState],
  ] as const)('state %s: one sentence and no number', async (state, en, zh, component) => {
    const shown = show({ ...ticketBare, state });
    await shown.see(say(en, zh));
    expect(shown.renderer.maybeFind(component as typeof EmptyState)).not.toBeNull();
    expect(shown.text()).not.toContain('%');
    noLeaks(shown.text());
  });
});
