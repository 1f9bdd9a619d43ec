/** The app page as a team meets it: every state, both languages. */
import { Button, Link, LoadingSpinner, StatusTag } from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TeamPage as Page } from '../generated/team-contract.ts';
import { en, zh } from '../lib/strings.ts';
import { TeamPage } from '../TeamPage.tsx';
import { ready } from './team.ts';

interface Node {
  readonly text?: string | null;
  readonly props?: object;
  readonly childNodes?: readonly unknown[];
}
function wordsOf(node: Node): string {
  const { title, label, number } = (node.props ?? {}) as Record<string, string>;
  const below = (node.childNodes ?? []).map((child) => wordsOf(child as Node));
  const own = node.childNodes === undefined ? node.text : null;
  return [title, label, number, own, ...below].filter(Boolean).join(' ');
}

function show(page: Page | number, locale = 'en') {
  let asked = 0;
  vi.stubGlobal('self', {
    hsFetch: async () => {
      asked += 1;
      return typeof page === 'number'
        ? new Response('{}', { status: page })
        : new Response(JSON.stringify(page));
    },
  });
  const renderer = createRenderer('pages');
  renderer.mocks.context.user.locale = locale;
  renderer.mocks.context.portal.timezone = 'Europe/Lisbon';
  renderer.render(<TeamPage />);
  const text = () => wordsOf(renderer.getRootNode());
  const see = (expected: string) => renderer.waitFor(() => expect(text()).toContain(expected));
  return { renderer, text, see, asked: () => asked };
}
afterEach(() => vi.unstubAllGlobals());

const none: Page = { ...ready, cases: [], contacts: [], consoleUrl: null };

describe.each([
  ['en', en],
  ['zh-cn', zh],
] as const)('in %s', (locale, words) => {
  it('shows a spinner, then the lists, with no key in place of a sentence', async () => {
    const { renderer, see, text } = show(ready, locale);
    expect(renderer.find(LoadingSpinner).props.label).toBe(words.loading);
    await see(words['cases.title']);
    for (const key of ['contacts.title', 'results.title', 'sync.title', 'console'] as const)
      expect(text()).toContain(words[key]);
    expect(text()).not.toMatch(/\b(stat|cases|contacts|results|sync|type|urgency|channel)\.[a-z]/);
    expect(text()).not.toContain('{');
  });

  it.each([
    [503, words['error.title']],
    [
      { ...none, state: 'not_connected', statistics: null, results: null, sync: null },
      words['off.title'],
    ],
    [{ ...none, state: 'learning' }, words['learning.title']],
    [none, words['cases.none']],
    [none, words['contacts.none']],
    [{ ...none, results: { holdoutShare: 0, uplift: null, onTime: null } }, words['results.off']],
    [
      { ...none, sync: { state: 'ready', lastEventAt: null, complete: 0, compared: 0 } },
      words['sync.quiet'],
    ],
  ] as [Page | number, string][])('says so in every other state', async (page, expected) => {
    const { see } = show(page, locale);
    await see(expected);
  });
});

it('puts a chance beside its usual rate, and a figure beside its count', async () => {
  const { see, text } = show(ready);
  await see('50% (usual 25%)');
  expect(text()).toContain('29–33% likely · 4,100 in 90 days');
  expect(text()).toContain('by 6.0 points (+2.1 to ?)');
  expect(text()).toContain('Answers in time: 81% · 300 in 90 days');
});

it('says in words what is overdue, and links to the record and the console', async () => {
  const { renderer, see } = show(ready);
  await see('Charged twice');
  expect(renderer.findAll(StatusTag).map((tag) => tag.text)).toEqual([
    en['cases.overdue'],
    en['cases.open'],
  ]);
  const urls = renderer.findAll(Link).map((l) => (l.props.href as { url: string }).url);
  expect(urls).toEqual([
    'https://crm.example.test/7',
    'https://crm.example.test/8',
    'https://crm.example.test/1',
    'https://rapport.example.test/console',
  ]);
});

it('has no console for those it is not meant for', async () => {
  const { see, text } = show(none);
  await see(en['cases.none']);
  expect(text()).not.toContain(en.console);
});

it('shows the list under every address, by the page router', async () => {
  const { renderer, see } = show(ready);
  await see(en['cases.title']);
  renderer.mocks.setPageLocation({ path: '/an/old/bookmark', params: {} });
  await see(en['cases.title']);
  expect(renderer.findAll(Link).length).toBeGreaterThan(0);
});

it('loads again when told to', async () => {
  const { renderer, see, asked } = show(503);
  await see(en['error.title']);
  renderer.findByTestId(Button, 'retry').trigger('onClick');
  await renderer.waitFor(() => expect(asked()).toBe(2));
});
