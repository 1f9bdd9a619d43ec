/** The deal card as a reader meets it: every state, both languages, each button. */
import {
  Alert,
  EmptyState,
  ErrorState,
  Flex,
  LoadingButton,
  Text,
  Tile,
} from '@hubspot/ui-extensions';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DealCard } from '../DealCard.tsx';
import type { DealCard as Card } from '../generated/card-contract.ts';
import { dealBare, dealReady } from './record-cards.ts';
import { LOCALES, noLeaks, show as render, wordsOf } from './show.tsx';

afterEach(() => vi.unstubAllGlobals());

describe.each(LOCALES)('deal card in %s', (language, locale) => {
  const say = (en: string, zh: string) => (language === 'en' ? en : zh);
  const show = (card: Card, reply: object = {}) =>
    render<Card>(<DealCard />, locale, [card], reply);

  it('lists the people with channel, chance and last touch', async () => {
    const { renderer, see, text } = show(dealReady);
    await see('deal-2');
    const people = wordsOf(renderer.findByTestId(Flex, 'people'));
    expect(people).toContain(say('Ana Sousa phone 50% 12 days ago', 'Ana Sousa 电话 50% 12 天前'));
    expect(people).toContain(say('王伟 — — never', '王伟 — — 从未'));
    noLeaks(text());
  });

  it('gives the win chance with its range, the usual rate, what it rests on, and money with its unit', async () => {
    const { renderer, see, text } = show(dealReady);
    await see('deal-2');
    const tile = wordsOf(renderer.findByTestId(Tile, 'win'));
    expect(tile).toContain('62%');
    expect(tile).toContain(say('likely 50 to 73%', '可能区间 50%–73%'));
    expect(tile).toContain(say('usual rate 41%', '通常为 41%'));
    expect(tile).toContain(
      say('From 3,210 won and 302 lost deals', '依据 3,210 个赢单和 302 个丢单'),
    );
    expect(tile).toContain(say('Expected value €7,440', '预期金额 €7,440'));
    expect(tile).toContain(say('Silent for 12 days', '已沉默 12 天'));
    expect(text()).toContain(say('Amount: €12,000 (usual €8,000)', '金额：€12,000（通常 €8,000）'));
  });

  it.each([
    [false, 'not better than the usual rate', '并不优于通常赢单率'],
    [null, 'Too few later deals', '后来的商机过少'],
  ] as const)(
    'says so where the chance is not shown to beat the usual rate (%s)',
    async (better, en, zh) => {
      const win = { ...(dealReady.win as NonNullable<Card['win']>), better };
      const { renderer, see } = show({ ...dealReady, win });
      await see('deal-2');
      const judged = renderer.findByTestId(Tile, 'win').find(Text, { testId: 'judged' });
      expect(wordsOf(judged)).toContain(say(en, zh));
    },
  );

  it('says nothing of the judgement where the chance is better', async () => {
    const { renderer, see } = show(dealReady);
    await see('deal-2');
    expect(renderer.maybeFind(Text, { testId: 'judged' })).toBeNull();
  });

  it('says whom to reach next and makes a task of it', async () => {
    const { renderer, posted, see } = show(dealReady, { state: 'ordered' });
    await see('deal-2');
    const next = wordsOf(renderer.findByTestId(Flex, 'next'));
    expect(next).toContain(say('Call Ana', '致电 Ana'));
    expect(next).toContain(say('09:00 (Lisbon time)', '09:00（西欧时间）'));
    renderer.findByTestId(LoadingButton, 'create-task').trigger('onClick');
    await see(say('Task created', '任务已创建'));
    expect(posted()[0]?.body).toMatchObject({
      subject: say('Call Ana · Renewal 2027', '致电 Ana · Renewal 2027'),
      type: 'call',
      dueAt: '2026-11-24T09:00:00.000Z',
    });
  });

  it('without a model or people says so and offers no task', async () => {
    const { see, text } = show({ ...dealBare, modelVersion: 'deal-2' });
    await see(say('too few deals have been closed', '已关闭的商机过少'));
    expect(text()).toContain(say('Nobody is linked to this deal.', '该商机没有关联的联系人。'));
    expect(text()).not.toContain(say('Create task', '创建任务'));
    noLeaks(text());
  });

  it('state stale: warns and keeps the content', async () => {
    const { renderer, see, text } = show({ ...dealReady, state: 'stale' });
    await see('deal-2');
    expect(renderer.find(Alert).props.title).toBe(say('This score is out of date', '该评分已过期'));
    expect(text()).toContain('62%');
  });

  it.each(['baseline', 'blocked'] as const)('state %s leaks no key', async (state) => {
    const { see, text } = show({ ...dealReady, state, nextTouch: null });
    await see('deal-2');
    noLeaks(text());
  });

  it.each([
    ['empty', 'A closed deal needs none', '已关闭的商机无需建议', EmptyState],
    ['excluded', 'left the people on this deal out', '排除在评分之外', EmptyState],
    ['holdout', 'how its effect is measured', '以便衡量建议的效果', EmptyState],
    ['not_connected', 'not connected to this account', '尚未连接到此账户', ErrorState],
    ['no_access', 'You don’t have access', '您没有查看互动洞察的权限', ErrorState],
  ] as const)('state %s: one sentence and no number', async (state, en, zh, component) => {
    const { renderer, see, text } = show({ ...dealBare, state });
    await see(say(en, zh));
    expect(renderer.maybeFind(component as typeof EmptyState)).not.toBeNull();
    expect(text()).not.toContain('%');
    noLeaks(text());
  });
});
