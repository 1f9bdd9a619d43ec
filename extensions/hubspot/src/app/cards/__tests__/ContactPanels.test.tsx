/** What opens from the contact card: the draft, the log, the details, the trend; both languages. */
import {
  Accordion,
  Button,
  Flex,
  LineChart,
  LoadingButton,
  LoadingSpinner,
  Modal,
  Panel,
  Text,
  TextArea,
} from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CardDetails, CardDraft, ContactCard } from '../generated/card-contract.ts';
import { RelationshipCard } from '../RelationshipCard.tsx';
import { ready } from './cards.ts';
import { LOCALES, noLeaks, wordsOf } from './show.tsx';

afterEach(() => vi.unstubAllGlobals());

const draft: CardDraft = { text: 'Hello Ana,\n\nhow are […]?', from: null, blanks: 1 };
const details: CardDetails = {
  channel: 'phone',
  start: 0.25,
  steps: [
    {
      reason: {
        code: 'personal_history',
        effect: 0.9,
        params: { channel: 'phone', answered: 6, tried: 11 },
      },
      chance: 0.45,
    },
    { reason: { code: 'day_part', effect: 0.2, params: { dayPart: 'morning' } }, chance: 0.5 },
  ],
  changes: [
    { code: 'answered_once', channel: 'phone', chance: 0.53 },
    { code: 'missed_once', channel: 'phone', chance: 0.47 },
    { code: 'allowed', channel: 'sms', chance: 0.2 },
  ],
};
const ANSWERS: Readonly<Record<string, unknown>> = {
  '/hubspot/card': ready,
  '/hubspot/draft': draft,
  '/hubspot/details': details,
  '/hubspot/read': { type: 'problem', urgency: 'now', sentiment: 'negative' },
  '/hubspot/activity': { state: 'ordered' },
  '/hubspot/not-now': {},
};

/** `answers` stand in place of the usual ones; a number is a status. */
function show(locale: string, answers: Readonly<Record<string, unknown>> = {}) {
  const posted: { path: string; body: unknown }[] = [];
  vi.stubGlobal('self', {
    hsFetch: async (url: string, { method, body }: { method: string; body?: unknown }) => {
      const path = new URL(url).pathname;
      if (method === 'POST') posted.push({ path, body });
      const answer = { ...ANSWERS, ...answers }[path];
      return typeof answer === 'number'
        ? new Response('{}', { status: answer })
        : new Response(JSON.stringify(answer));
    },
  });
  const renderer = createRenderer('crm.record.tab');
  renderer.mocks.context.user.locale = locale;
  renderer.render(<RelationshipCard />);
  const button = (id: string) => renderer.findByTestId(Button, id);
  const panel = (id: string) => {
    const { overlay } = button(id).props as { overlay: { find: typeof renderer.find } };
    return id === 'log' ? overlay.find(Modal) : overlay.find(Panel);
  };
  const see = (id: string, expected: string) =>
    renderer.waitFor(() => expect(wordsOf(panel(id))).toContain(expected));
  const shown = () => renderer.waitFor(() => expect(renderer.findAll(Accordion)).not.toEqual([]));
  return { renderer, posted, panel, button, see, shown };
}

describe.each(LOCALES)('in %s', (language, locale) => {
  const say = (en: string, zh: string) => (language === 'en' ? en : zh);

  it('drafts on the best written channel: a text to change and copy, with what it rests on', async () => {
    const { renderer, panel, button, see, shown } = show(locale);
    await shown();
    expect(button('draft').props.variant).toBe('primary');
    expect(button('draft').text).toBe(say('Draft email', '拟写邮件'));
    expect(renderer.findByTestId(LoadingButton, 'create-task').props.variant).toBe('secondary');
    expect(panel('draft').findAll(LoadingSpinner)).toHaveLength(1);
    panel('draft').trigger('onOpen');
    await see(
      'draft',
      say('Only a beginning; please go on · 1 place', '仅为开头，请补充完整 · 1 处'),
    );
    panel('draft')
      .find(TextArea)
      .trigger('onInput', 'Hello Ana, how are you?' as never);
    panel('draft').find(Button, { testId: 'draft-send' }).trigger('onClick');
    await see('draft', say('Copied', '已复制'));
    expect(renderer.mocks.actions.copyTextToClipboard.calls).toEqual([['Hello Ana, how are you?']]);
    noLeaks(wordsOf(panel('draft')));
  });

  it.each([
    [{ ...draft, from: 'How do I return it?', blanks: 0 }, 'From: How do I', '来源：How do I'],
    [{ ...draft, text: null }, 'Nothing to draft', '暂无可拟写的内容'],
    [503, 'That did not work; try again.', '操作未成功，请重试。'],
  ])('says where a draft is from, or that there is none (%#)', async (answer, en, zh) => {
    const { panel, see, shown } = show(locale, { '/hubspot/draft': answer });
    await shown();
    panel('draft').trigger('onOpen');
    await see('draft', say(en, zh));
    noLeaks(wordsOf(panel('draft')));
  });

  it('offers no draft where nothing may be written, and puts the task first', async () => {
    const reach = { ...(ready.reach as NonNullable<ContactCard['reach']>), written: null };
    const { renderer, shown } = show(locale, { '/hubspot/card': { ...ready, reach } });
    await shown();
    expect(renderer.findAll(Button).map((b) => b.props.testId)).not.toContain('draft');
    expect(renderer.findByTestId(LoadingButton, 'create-task').props.variant).toBe('primary');
  });

  it('logs what was said as a note under what the models read in it', async () => {
    const { posted, panel, see, shown } = show(locale);
    await shown();
    expect(panel('log').find(Button, { testId: 'log-send' }).props.disabled).toBe(true);
    panel('log')
      .find(TextArea)
      .trigger('onInput', 'You charged me twice' as never);
    panel('log').find(Button, { testId: 'log-send' }).trigger('onClick');
    await see('log', say('Note created', '备注已创建'));
    expect(posted).toEqual([
      { path: '/hubspot/read', body: { text: 'You charged me twice' } },
      {
        path: '/hubspot/activity',
        body: {
          kind: 'note',
          type: 'todo',
          dueAt: null,
          subject: say(
            'Feedback from Ana · Problem · Urgent · Negative',
            'Ana 的反馈 · 问题 · 紧急 · 负面',
          ),
          body: 'You charged me twice',
        },
      },
    ]);
    noLeaks(wordsOf(panel('log')));
  });

  it('keeps the words and says so when they could not be logged', async () => {
    const { panel, see, shown } = show(locale, { '/hubspot/activity': 503 });
    await shown();
    panel('log')
      .find(TextArea)
      .trigger('onInput', 'You charged me twice' as never);
    panel('log').find(Button, { testId: 'log-send' }).trigger('onClick');
    await see('log', say('That did not work; try again.', '操作未成功，请重试。'));
    expect(panel('log').find(TextArea).props.value).toBe('You charged me twice');
  });

  it('shows every step to the chance, what would change it, and takes a mistake', async () => {
    const { posted, panel, see, shown } = show(locale);
    await shown();
    panel('details').trigger('onOpen');
    await see('details', say('What would change it', '哪些情况会改变它'));
    const steps = panel('details').find(Flex, { testId: 'steps' });
    expect(wordsOf(steps)).toContain(say('Call Ana: 25% → 50%', '致电 Ana: 25% → 50%'));
    expect(steps.findAll(Text).map((line) => line.text)).toEqual([
      say('Answered 6 of 11 calls → 45%', '11 次电话中接通 6 次 → 45%'),
      say('People reply more often between 9 and 11 → 50%', '客户在 9–11 点更常回应 → 50%'),
      say('One more answer: 53%', '再回应一次：53%'),
      say('One more without answer: 47%', '再一次未回应：47%'),
      say('If text message were allowed: 20%', '若允许短信：20%'),
    ]);
    panel('details').find(Button, { testId: 'mistake' }).trigger('onClick');
    await see('details', say('Wrong about them', '判断有误'));
    panel('details').find(Button, { testId: 'mistake-wrong_about' }).trigger('onClick');
    await see('details', say('Noted; the advice is set aside.', '已记录，该建议已搁置。'));
    expect(posted).toEqual([
      { path: '/hubspot/not-now', body: { reason: 'wrong_about', channel: 'phone' } },
    ]);
    noLeaks(wordsOf(panel('details')));
  });

  it('draws churn by month, closed, with the same numbers in words; one month is no trend', async () => {
    const { renderer, shown } = show(locale);
    await shown();
    const trend = renderer.findByTestId(Accordion, 'trend');
    expect(trend.props.defaultOpen).toBeFalsy();
    expect(trend.find(LineChart).props.data).toEqual([
      { month: '2026-09', churn: 11 },
      { month: '2026-10', churn: 12 },
      { month: '2026-11', churn: 18 },
    ]);
    expect(wordsOf(trend)).toContain('2026-10: 12% · 2026-11: 18%');
    const short = show(locale, { '/hubspot/card': { ...ready, trend: ready.trend.slice(2) } });
    await short.shown();
    expect(short.renderer.findAll(LineChart)).toEqual([]);
  });
});
