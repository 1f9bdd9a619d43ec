/** The company card as a reader meets it: every state, both languages, each button. */
import {
  Accordion,
  BarChart,
  EmptyState,
  ErrorState,
  Flex,
  LoadingButton,
  ScoreCircle,
  StatusTag,
  Tile,
} from '@hubspot/ui-extensions';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CompanyCard } from '../CompanyCard.tsx';
import type { CompanyCard as Card } from '../generated/card-contract.ts';
import { companyBare, companyReady } from './record-cards.ts';
import { LOCALES, noLeaks, show as render, wordsOf } from './show.tsx';

afterEach(() => vi.unstubAllGlobals());

describe.each(LOCALES)('company card in %s', (language, locale) => {
  const say = (en: string, zh: string) => (language === 'en' ? en : zh);
  const show = (card: Card, reply: object = {}) =>
    render<Card>(<CompanyCard />, locale, [card], reply);

  it('gives health as a circle with its word and its signs counted, and the value with its range', async () => {
    const { renderer, see, text } = show(companyReady);
    await see('reach-14');
    const health = renderer.findByTestId(Tile, 'health');
    expect(health.find(StatusTag).text).toBe(say('At risk', '有风险'));
    expect(health.find(ScoreCircle).props.score).toBe(32);
    expect(wordsOf(health)).toContain(
      say('1 good sign, 2 against', '有利迹象 1 项，不利迹象 2 项'),
    );
    expect(wordsOf(renderer.findByTestId(Flex, 'why'))).toContain(
      say('Messages of 90 days are negative', '近 90 天的消息情绪负面'),
    );
    const worth = wordsOf(renderer.findByTestId(Tile, 'worth'));
    expect(worth).toContain('€21,000');
    expect(worth).toContain(say('likely €15,000 to €29,000', '可能区间 €15,000 至 €29,000'));
    noLeaks(text());
  });

  it('shows the mix as a closed chart with the same numbers in words, and topics with counts', async () => {
    const { renderer, see, text } = show(companyReady);
    await see('reach-14');
    const accordion = renderer.findByTestId(Accordion, 'segments');
    expect(accordion.props.defaultOpen).toBeFalsy();
    expect(accordion.find(BarChart).props.data).toEqual([
      { name: say('Buys often, answers calls', '购买频繁，常接电话'), people: 3 },
      { name: 'Sleepers', people: 2 },
    ]);
    expect(wordsOf(accordion)).toContain('Sleepers 2');
    expect(wordsOf(renderer.findByTestId(Flex, 'topics'))).toContain(
      say('Billing and payment 3', '账单与付款 3'),
    );
    noLeaks(text());
  });

  it('says who is in touch and who is not', async () => {
    const { renderer, see } = show({ ...companyReady, singleThreaded: true, engaged90d: 1 });
    await see('reach-14');
    const engagement = wordsOf(renderer.findByTestId(Flex, 'engagement'));
    expect(engagement).toContain(
      say('1 of 5 people answered within 90 days.', '5 位联系人中有 1 位回应'),
    );
    expect(engagement).toContain(say('find a second contact', '建议联系第二位'));
    expect(engagement).toContain(say('Ana Sousa (7)', 'Ana Sousa（7 次）'));
    expect(engagement).toContain('王伟');
  });

  it('makes a task of the best person to contact', async () => {
    const { renderer, posted, see } = show(companyReady, { state: 'planned' });
    await see('reach-14');
    renderer.findByTestId(LoadingButton, 'create-task').trigger('onClick');
    await see(say('Task planned', '任务已计划'));
    expect(posted()[0]?.body).toMatchObject({
      subject: say('Call Ana · Tejo Logistics', '致电 Ana · Tejo Logistics'),
    });
  });

  it('where nothing speaks for or against, says that instead of counting', async () => {
    const health = { band: 'healthy', score: 70, reasons: [] };
    const { renderer, see } = show({ ...companyReady, health });
    await see('reach-14');
    expect(wordsOf(renderer.findByTestId(Tile, 'health'))).toContain(
      say('No sign either way.', '暂无明显迹象。'),
    );
  });

  it('with little known says so, section by section', async () => {
    const { see, text } = show({ ...companyBare, modelVersion: 'reach-14' });
    await see(say('Nothing has been recorded yet.', '尚无记录。'));
    expect(text()).toContain(say('No value estimate yet.', '暂无价值估计。'));
    expect(text()).toContain(say('Nobody may be reached right now.', '当前没有可联系的人。'));
    noLeaks(text());
  });

  it('state stale: warns and keeps the content', async () => {
    const { see, text } = show({ ...companyReady, state: 'stale' });
    await see(say('This score is out of date', '该评分已过期'));
    expect(text()).toContain('€21,000');
  });

  it.each([
    ['empty', 'once people with a history are linked', '关联有往来记录的联系人后', EmptyState],
    ['excluded', 'left the people of this company out', '排除在评分之外', EmptyState],
    ['holdout', 'how its effect is measured', '以便衡量建议的效果', EmptyState],
    ['not_connected', 'not connected to this account', '尚未连接到此账户', ErrorState],
    ['no_access', 'You don’t have access', '您没有查看互动洞察的权限', ErrorState],
  ] as const)('state %s: one sentence and no number', async (state, en, zh, component) => {
    const { renderer, see, text } = show({ ...companyBare, state });
    await see(say(en, zh));
    expect(renderer.maybeFind(component as typeof EmptyState)).not.toBeNull();
    expect(text()).not.toContain('%');
    noLeaks(text());
  });
});
