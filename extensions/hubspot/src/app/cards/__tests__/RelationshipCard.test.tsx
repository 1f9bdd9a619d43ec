/** The contact card as a reader meets it: every state, both languages, retry and refresh. */
import {
  Accordion,
  Alert,
  BarChart,
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
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReachSummary } from '../components/ReachSummary.tsx';
import type { ContactCard } from '../generated/card-contract.ts';
import { RelationshipCard } from '../RelationshipCard.tsx';
import { bare, phone, ready } from './cards.ts';
import { LOCALES, noLeaks, show as render, wordsOf } from './show.tsx';

const show = (locale: string | undefined, ...answers: readonly (ContactCard | number)[]) =>
  render<ContactCard>(<RelationshipCard />, locale, answers);

afterEach(() => vi.unstubAllGlobals());

const pick = (language: 'en' | 'zh', en: string, zh: string) => (language === 'en' ? en : zh);

describe.each(LOCALES)('in %s', (language, locale) => {
  const say = (en: string, zh: string) => pick(language, en, zh);

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
    const { renderer, posted, see } = show(locale, ready);
    await see(say('Correct this', '纠正'));
    renderer.findByTestId(Button, 'correct').trigger('onClick');
    await see(say('It is:', '应为：'));
    renderer.findByTestId(Button, 'correct-suggestion').trigger('onClick');
    await see(say('Noted; the next model learns from it.', '已记录，下一个模型会据此学习。'));
    expect(posted()).toEqual([
      {
        method: 'POST',
        path: '/hubspot/feedback',
        body: { kind: 'ticket', id: '901', field: 'type', label: 'suggestion' },
      },
    ]);
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
    const accordion = renderer.findByTestId(Accordion, 'compare');
    expect(accordion.props.defaultOpen).toBeFalsy();
    expect(accordion.find(BarChart).props.data).toEqual([
      { channel: say('phone', '电话'), rate: 50 },
      { channel: say('email', '邮件'), rate: 19 },
    ]);
    expect(wordsOf(accordion)).toContain(
      say('email 19% · likely 10 to 30%', '邮件 19% · 可能区间 10%–30%'),
    );
    expect(wordsOf(accordion)).toContain(say('0 of 1 answered', '联系 1 次，回应 0 次'));
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
      written: null,
      blocked: [
        { channel: 'phone', code: 'consent_denied' },
        { channel: 'email', code: 'a_rule_of_tomorrow' },
      ],
    };
    const { renderer, see, text } = show(locale, {
      ...ready,
      ...{ state: 'blocked', reach, risk: null, offer: null, trend: [] },
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
    const { asked, see } = show('en', ready);
    await see('Call Ana');
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /hubspot/card']);
  });

  it('refreshes: posts, then shows the newer score', async () => {
    const newer = { ...ready, scoredAt: '2026-11-23T11:00:00.000Z', modelVersion: 'reach-15' };
    const { renderer, posted, see } = show('en', ready, newer);
    await see('reach-14');
    renderer.findByTestId(LoadingButton, 'refresh').trigger('onClick');
    await see('reach-15');
    expect(posted().map((one) => one.path)).toEqual(['/hubspot/refresh']);
    await renderer.waitFor(() =>
      expect(renderer.findByTestId(LoadingButton, 'refresh').props.loading).toBe(false),
    );
  });

  it('keeps the old content when a refresh fails', async () => {
    const { renderer, see } = render<ContactCard>(<RelationshipCard />, 'zh-cn', [ready], 503);
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
    expect(text()).toContain('Other facts speak for it');
    expect(text()).toContain('Segment seg_09');
  });
});

describe.each(LOCALES)('buttons in %s', (language, locale) => {
  const say = (en: string, zh: string) => pick(language, en, zh);
  const withReply = (reply: object | number, card = ready) =>
    render<ContactCard>(<RelationshipCard />, locale, [card], reply);

  it('creates a task with the advice in it, once however often it is pressed', async () => {
    const { renderer, posted, see, text } = withReply({ state: 'ordered' });
    await see(say('Call Ana', '致电 Ana'));
    renderer.findByTestId(LoadingButton, 'create-task').trigger('onClick');
    renderer.findByTestId(LoadingButton, 'create-task').trigger('onClick');
    await see(say('Task created', '任务已创建'));
    const [first, ...more] = posted();
    expect(more).toEqual([]);
    expect(first?.path).toBe('/hubspot/activity');
    expect(first?.body).toMatchObject({
      kind: 'task',
      type: 'call',
      subject: say('Call Ana', '致电 Ana'),
      dueAt: '2026-11-24T09:00:00.000Z',
    });
    const { body } = (first?.body ?? {}) as { body: string };
    expect(body).toContain(say('50% reply rate expected', '预计回复率 50%'));
    expect(body).toContain(say('+ Answered 6 of 11 calls', '+ 11 次电话中接通 6 次'));
    expect(body).toContain(say('− People at the same stage', '− 同一阶段的客户'));
    noLeaks(body);
    noLeaks(text());
  });

  it('says that a note waits for the admin while writes are not approved', async () => {
    const { renderer, posted, see } = withReply({ state: 'planned' });
    await see(say('Call Ana', '致电 Ana'));
    renderer.findByTestId(LoadingButton, 'create-note').trigger('onClick');
    await see(
      say('Note planned; an admin has yet to approve it.', '备注已计划，待管理员批准后创建。'),
    );
    expect(posted()[0]?.body).toMatchObject({ kind: 'note' });
  });

  it('says when a task could not be created', async () => {
    const { renderer, see } = withReply(503);
    await see(say('Call Ana', '致电 Ana'));
    renderer.findByTestId(LoadingButton, 'create-task').trigger('onClick');
    await see(say('Task not created', '任务创建失败'));
    expect(renderer.findByTestId(LoadingButton, 'create-task').props.loading).toBe(false);
  });

  it('sets the advice aside with a reason', async () => {
    const { renderer, posted, see } = withReply({});
    await see(say('Not now', '暂不联系'));
    renderer.findByTestId(Button, 'not-now').trigger('onClick');
    await see(say('What is wrong?', '原因：'));
    renderer.findByTestId(Button, 'not-now-wrong_channel').trigger('onClick');
    await see(say('Noted; the advice is set aside.', '已记录，该建议已搁置。'));
    expect(posted()).toEqual([
      {
        method: 'POST',
        path: '/hubspot/not-now',
        body: { reason: 'wrong_channel', channel: 'phone' },
      },
    ]);
  });

  it('shows what was set aside, and offers no button where nothing is advised', async () => {
    const setAside = { reason: 'already_spoke', at: new Date(Date.now() - 7.2e6).toISOString() };
    const aside = withReply({}, { ...ready, setAside });
    await aside.see(say('Set aside 2 hours ago: Already spoke', '2 小时前已搁置：已经联系过'));
    const reach = { ...(ready.reach as NonNullable<typeof ready.reach>), best: null };
    const blocked = withReply({}, { ...ready, state: 'blocked', reach });
    await blocked.see(say('No channel is allowed right now.', '当前没有可用渠道。'));
    expect(blocked.text()).not.toContain(say('Create task', '创建任务'));
    expect(blocked.text()).toContain(say('Refresh score', '刷新评分'));
  });
});

describe.each(LOCALES)('narrow card in %s', (language, locale) => {
  const say = (en: string, zh: string) => pick(language, en, zh);
  const narrow = (card: ContactCard, reply: object = {}) =>
    render<ContactCard>(<ReachSummary />, locale, [card], reply);

  it('has the reach tile, two reasons and one button', async () => {
    const { renderer, posted, see, text } = narrow(ready, { state: 'ordered' });
    await see(say('50% reply rate expected', '预计回复率 50%'));
    expect(renderer.findByTestId(Flex, 'why').findAll(Icon)).toHaveLength(2);
    expect(renderer.findAll(LoadingButton)).toHaveLength(1);
    expect(renderer.findAll(Tile)).toHaveLength(1);
    renderer.findByTestId(LoadingButton, 'create-task').trigger('onClick');
    await see(say('Task created', '任务已创建'));
    expect(posted()).toHaveLength(1);
    noLeaks(text());
  });

  it.each(['baseline', 'stale', 'blocked'] as const)('state %s leaks no key', async (state) => {
    const { see, text } = narrow({ ...ready, state });
    await see('reach-14');
    noLeaks(text());
  });

  it.each(['empty', 'excluded', 'holdout', 'not_connected', 'no_access'] as const)(
    'state %s: one sentence and no number',
    async (state) => {
      const { renderer, text } = narrow({ ...bare, state });
      await renderer.waitFor(() =>
        expect(renderer.maybeFind(EmptyState) ?? renderer.maybeFind(ErrorState)).not.toBeNull(),
      );
      expect(text()).not.toContain('%');
      noLeaks(text());
    },
  );
});
