/** The contact card as a reader meets it: every state, both languages, retry and refresh. */
import {
  Accordion,
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Flex,
  Icon,
  LoadingButton,
  LoadingSpinner,
  StatusTag,
  Tag,
  Text,
  Tile,
} from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ContactCard } from '../generated/card-contract.ts';
import { RelationshipCard } from '../RelationshipCard.tsx';
import { bare, phone, ready } from './cards.ts';

interface Node {
  readonly text?: string | null;
  readonly props?: object;
  readonly childNodes?: readonly unknown[];
}

/** Everything a reader reads below this node: text, and the words handed over as props. */
function wordsOf(node: Node): string {
  const { title, label, screenReaderText } = (node.props ?? {}) as Record<string, string>;
  const below = (node.childNodes ?? []).map((child) => wordsOf(child as Node));
  const own = node.childNodes === undefined ? node.text : null;
  return [title, label, screenReaderText, own, ...below].filter(Boolean).join(' ');
}

type Answer = ContactCard | number;

let records = 100;

/**
 * Renders the card on a record of its own; each request takes the next answer, the last one stays.
 * A card of an earlier test that still looks for its newer score is not heard.
 */
function show(locale: string | undefined, ...answers: readonly Answer[]) {
  const requests: string[] = [];
  records += 1;
  const own = `objectId=${records}&`;
  const hsFetch = async (url: string, { method }: { method: string }) => {
    if (!url.includes(own)) return new Response('{}', { status: 404 });
    requests.push(`${method} ${url}`);
    const gets = requests.filter((line) => line.startsWith('GET')).length;
    const answer = answers[Math.min(gets, answers.length) - 1] ?? ready;
    if (typeof answer === 'number') return new Response('{}', { status: answer });
    return new Response(JSON.stringify(method === 'GET' ? answer : {}));
  };
  vi.stubGlobal('self', { hsFetch });
  const renderer = createRenderer('crm.record.tab');
  renderer.mocks.context.crm.objectId = records;
  if (locale !== undefined) renderer.mocks.context.user.locale = locale;
  renderer.render(<RelationshipCard />);
  const text = () => wordsOf(renderer.getRootNode());
  const see = (expected: string) => renderer.waitFor(() => expect(text()).toContain(expected));
  return { renderer, requests, text, see };
}

afterEach(() => vi.unstubAllGlobals());

const LOCALES = [
  ['en', 'en'],
  ['zh', 'zh-cn'],
] as const;
const pick = (language: 'en' | 'zh', en: string, zh: string) => (language === 'en' ? en : zh);

describe.each(LOCALES)('in %s', (language, locale) => {
  const say = (en: string, zh: string) => pick(language, en, zh);
  const noLeaks = (text: string) => {
    expect(text).not.toMatch(/\{|undefined|NaN|null/);
    expect(text).not.toMatch(/\b(state|reach|value|why|channel|blocked|feedback|type)\.\w/);
  };

  it('says that it is loading', () => {
    const { renderer } = show(locale, ready);
    const label = renderer.find(LoadingSpinner).props.label;
    expect(label).toBe(say('Loading engagement insight', '正在加载互动洞察'));
  });

  it('advises a channel with its hours, chance, usual rate and evidence', async () => {
    const { renderer, see, text } = show(locale, ready);
    await see(say('50% reply rate expected', '预计回复率 50%'));
    const tile = wordsOf(renderer.findByTestId(Tile, 'reach'));
    expect(tile).toContain(say('Call Ana', '致电 Ana'));
    expect(tile).toContain('09:00–11:00');
    expect(tile).toContain(say('Lisbon time', '西欧时间'));
    expect(tile).toContain(say('likely 35 to 65%', '可能区间 35%–65%'));
    expect(tile).toContain(say('usual rate 25%', '通常为 25%'));
    expect(renderer.find(StatusTag).text).toBe(say('Personal · 11 calls', '本人记录 · 11 次电话'));
    noLeaks(text());
  });

  it('gives three reasons, raises first, and what is allowed', async () => {
    const { renderer, see } = show(locale, ready);
    await see('reach-14');
    const why = renderer.findByTestId(Flex, 'why');
    const icons = why.findAll(Icon).map((icon) => icon.props.screenReaderText);
    const [raises, lowers] = [say('Raises', '提高'), say('Lowers', '降低')];
    expect(icons).toEqual([raises, raises, lowers]);
    expect(why.findAll(Text)[0]?.text).toBe(say('Answered 6 of 11 calls', '11 次电话中接通 6 次'));
    const allowed = wordsOf(renderer.findByTestId(Flex, 'allowed'));
    expect(allowed).toContain(
      say('No text message: consent has not been given.', '不可使用短信：客户尚未授权。'),
    );
    expect(allowed).toContain(say('1 of 3 touches this week', '本周已联系 1 次，上限 3 次'));
  });

  it('takes a correction in two taps and says that it was noted', async () => {
    const { renderer, requests, see } = show(locale, ready);
    await see(say('Correct this', '纠正'));
    renderer.findByTestId(Button, 'correct').trigger('onClick');
    await see(say('It is:', '应为：'));
    renderer.findByTestId(Button, 'correct-suggestion').trigger('onClick');
    await see(say('Noted; the next model learns from it.', '已记录，下一个模型会据此学习。'));
    expect(
      requests.some((line) => line.startsWith('POST') && line.includes('/hubspot/feedback')),
    ).toBe(true);
  });

  it('shows value, segment, feedback and the closed comparison', async () => {
    const { renderer, see, text } = show(locale, ready);
    await see(say('High value', '价值高'));
    expect(wordsOf(renderer.findByTestId(Tile, 'value'))).toContain('€4,200');
    expect(text()).toContain(say('Buys often, answers calls between 9 and 11', '购买频繁'));
    expect(text()).toContain(say('Purchases: 6 (usual 1.8)', '购买 6 次（通常 1.8 次）'));
    const tags = renderer.findByTestId(Flex, 'feedback').findAll(Tag);
    expect(tags.map((tag) => tag.text)).toEqual(
      language === 'en'
        ? ['Problem', 'Urgent', 'Negative', 'Open']
        : ['问题', '紧急', '负面', '未结'],
    );
    const accordion = renderer.find(Accordion);
    expect(accordion.props.defaultOpen).toBeFalsy();
    expect(wordsOf(accordion)).toContain('19%');
  });

  it.each([
    ['empty', 'A score appears after 5 interactions.', '满 5 次互动后显示评分。', EmptyState],
    [
      'holdout',
      'No advice for this contact this month: that is how its effect is measured.',
      '本月不为该联系人提供建议，以便衡量建议的效果。',
      EmptyState,
    ],
    [
      'excluded',
      'Your admin left this contact out.',
      '管理员已将该联系人排除在评分之外。',
      EmptyState,
    ],
    [
      'not_connected',
      'Rapport is not connected to this account.',
      'Rapport 尚未连接到此账户。',
      ErrorState,
    ],
    ['no_access', 'You don’t have access', '您没有查看互动洞察的权限', ErrorState],
  ] as const)('state %s: one sentence and no number', async (state, en, zh, component) => {
    const { renderer, see, text } = show(locale, { ...bare, state });
    await see(say(en, zh));
    expect(renderer.maybeFind(component as typeof EmptyState)).not.toBeNull();
    expect(text()).not.toContain('%');
    noLeaks(text());
  });

  it('state baseline: says what it rests on', async () => {
    const best = { ...phone, evidence: 'everyone' as const, tried: 0, answered: 0 };
    const reach = ready.reach === null ? null : { ...ready.reach, best };
    const { see, text } = show(locale, { ...ready, state: 'baseline', reach, have: 2 });
    await see(say('2 of 5 interactions recorded', '已记录 2 次互动，满 5 次后生成评分'));
    expect(text()).toContain(say('Based on your team’s average.', '依据团队平均水平。'));
    expect(text()).toContain(say('Team average · 0 calls so far', '团队平均 · 本人 0 次电话'));
    noLeaks(text());
  });

  it('state stale: warns and keeps the content', async () => {
    const { renderer, see } = show(locale, { ...ready, state: 'stale' });
    await see(say('Call Ana', '致电 Ana'));
    const alert = renderer.find(Alert);
    expect(alert.props.title).toBe(say('This score is out of date', '该评分已过期'));
  });

  it('state blocked: names the rule of every channel and no chance', async () => {
    const reach = {
      ...(ready.reach as NonNullable<typeof ready.reach>),
      best: null,
      others: [],
      from: null,
      until: null,
      blocked: [
        { channel: 'phone', code: 'consent_denied' },
        { channel: 'email', code: 'a_rule_of_tomorrow' },
      ],
    };
    const { renderer, see, text } = show(locale, {
      ...ready,
      ...{ state: 'blocked', reach, risk: null, offer: null },
    });
    await see(say('No channel is allowed right now.', '当前没有可用渠道。'));
    const tile = wordsOf(renderer.findByTestId(Tile, 'reach'));
    expect(tile).toContain(say('No phone: consent was refused.', '不可使用电话：客户已拒绝授权。'));
    expect(tile).toContain(
      say('No email: a rule does not allow it.', '不可使用邮件：规则不允许。'),
    );
    expect(text()).not.toContain('%');
    noLeaks(text());
  });

  it('shows the error and loads again on request', async () => {
    const { renderer, see } = show(locale, 503, ready);
    await see(say('Try again in a moment', '请稍后重试'));
    renderer.findByTestId(Button, 'retry').trigger('onClick');
    await see(say('Call Ana', '致电 Ana'));
  });
});

describe('requests', () => {
  it('asks for the record it stands on', async () => {
    const { requests, see } = show('en', ready);
    await see('Call Ana');
    expect(requests).toEqual([
      `GET https://rapport.invalid/hubspot/card?objectId=${records}&objectTypeId=0-1`,
    ]);
  });

  it('refreshes: posts, then shows the newer score', async () => {
    const newer = { ...ready, scoredAt: '2026-11-23T11:00:00.000Z', modelVersion: 'reach-15' };
    const { renderer, requests, see } = show('en', ready, newer);
    await see('reach-14');
    renderer.findByTestId(LoadingButton, 'refresh').trigger('onClick');
    await see('reach-15');
    expect(requests[1]).toBe(
      `POST https://rapport.invalid/hubspot/refresh?objectId=${records}&objectTypeId=0-1`,
    );
    await renderer.waitFor(() =>
      expect(renderer.findByTestId(LoadingButton, 'refresh').props.loading).toBe(false),
    );
  });

  it('keeps the old content when a refresh fails', async () => {
    const { renderer, see } = show('zh-cn', ready, 503);
    await see('致电 Ana');
    renderer.findByTestId(LoadingButton, 'refresh').trigger('onClick');
    await see('评分刷新失败');
    expect(wordsOf(renderer.findByTestId(Tile, 'reach'))).toContain('致电 Ana');
  });

  it('loads again when the host reports newly written scores', async () => {
    const newer = { ...ready, modelVersion: 'reach-15' };
    const { renderer, see } = show('en', ready, newer);
    await see('reach-14');
    const [, callback] = renderer.mocks.actions.onCrmPropertiesUpdate.calls[0] ?? [];
    callback?.({ rapport_scored_at: 'later' });
    await see('reach-15');
  });

  it('shows codes it does not know as general sentences', async () => {
    const reasons = [{ code: 'invented_later', effect: 1, params: {} }];
    const best = { ...phone, channel: 'carrier_pigeon', reasons };
    const reach = ready.reach === null ? null : { ...ready.reach, best };
    const segment = {
      ...{ id: 'seg_09', code: 'invented', name: null, distance: 1, runnerUp: null },
      reasons: [],
    };
    const { see, text } = show(undefined, { ...ready, reach, segment });
    await see('Contact Ana');
    expect(text()).toContain('Other facts on the record speak for it');
    expect(text()).toContain('Segment seg_09');
  });
});
