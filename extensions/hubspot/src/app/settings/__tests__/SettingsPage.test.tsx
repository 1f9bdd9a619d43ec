/** The settings page as an admin meets it: every state, both languages, saving, approving, undoing. */
import {
  Alert,
  Button,
  ErrorState,
  Form,
  Link,
  LoadingButton,
  LoadingSpinner,
  NumberInput,
  StatusTag,
  TextArea,
  Toggle,
} from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SettingsPage as Page, PageAnswer } from '../generated/settings-contract.ts';
import { en, zh } from '../lib/strings.ts';
import { SettingsPage } from '../SettingsPage.tsx';
import { differences, lastDifferences, ready } from './pages.ts';

interface Node {
  readonly text?: string | null;
  readonly props?: object;
  readonly childNodes?: readonly unknown[];
}
function wordsOf(node: Node): string {
  const { title, label, description, validationMessage } = (node.props ?? {}) as Record<
    string,
    string
  >;
  const below = (node.childNodes ?? []).map((child) => wordsOf(child as Node));
  const own = node.childNodes === undefined ? node.text : null;
  return [title, label, description, validationMessage, own, ...below].filter(Boolean).join(' ');
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** Renders the page; an order is answered by `answer`, or with status 503 without one. */
function show(page: Page | number, locale = 'en', answer?: (sent: Sent) => PageAnswer) {
  const sent: Sent[] = [];
  vi.stubGlobal('self', {
    hsFetch: async (url: string, { method, body }: { method: string; body?: unknown }) => {
      const path = new URL(url).pathname + new URL(url).search;
      sent.push({ method, path, body });
      const json = (value: unknown) => new Response(JSON.stringify(value));
      if (method === 'GET' && path.startsWith('/hubspot/settings/writes'))
        return json(path.includes('before=') ? lastDifferences : differences);
      if (method === 'GET')
        return typeof page === 'number' ? new Response('{}', { status: page }) : json(page);
      const last = sent.at(-1);
      return answer === undefined || last === undefined
        ? new Response('{}', { status: 503 })
        : json(answer(last));
    },
  });
  const renderer = createRenderer('settings');
  renderer.mocks.context.user.locale = locale;
  renderer.render(<SettingsPage />);
  const text = () => wordsOf(renderer.getRootNode());
  const see = (expected: string) => renderer.waitFor(() => expect(text()).toContain(expected));
  const field = (label: string) =>
    renderer.findAll(NumberInput).find((n) => n.props.label === label);
  return { renderer, sent, text, see, field };
}
afterEach(() => vi.unstubAllGlobals());

const NOTICES = {
  reconnect: 'notice.reconnect',
  uninstalled: 'notice.uninstalled',
  scopes: 'notice.scopes',
  property_limit: 'notice.property_limit',
  properties_refused: 'notice.properties_refused',
} as const;

const LOCALES = [
  ['en', en],
  ['zh-cn', zh],
] as const;

describe.each(LOCALES)('in %s', (locale, words) => {
  it('shows a spinner, then everything, with no key in place of a sentence', async () => {
    const { renderer, see, text } = show(ready, locale);
    expect(renderer.find(LoadingSpinner).props.label).toBe(words.loading);
    await see(words['account.title']);
    for (const key of [
      'objects.title',
      'writes.title',
      'runs.title',
      'form.reach',
      'save',
    ] as const)
      expect(text()).toContain(words[key]);
    await see(words['writes.changes']);
    expect(text()).not.toMatch(
      /\b(account|model|objects|writes|runs|form|state|kind|verdict|due|day|type|urgency)\.[a-z]/,
    );
    expect(text()).not.toContain('{');
  });

  it.each([
    [503, words['error.title']],
    [
      { ...ready, state: 'not_connected', account: null, values: null, dryRun: null },
      words['off.title'],
    ],
    [{ ...ready, mayChange: false }, words['read.title']],
    [{ ...ready, model: null }, words['model.none']],
    [{ ...ready, account: { ...ready.account, state: 'parked' } }, words['state.parked']],
  ] as [Page | number, string][])('says so in every other state', async (page, expected) => {
    const { see } = show(page, locale);
    await see(expected);
  });

  it.each([
    ['reconnect', [], words['notice.connect']],
    ['uninstalled', [], words['notice.connect']],
    ['scopes', ['crm.objects.deals.read'], words['notice.connect']],
    ['property_limit', ['contact.rapport_status'], null],
    ['properties_refused', ['deal.rapport_win'], null],
  ] as [keyof typeof NOTICES, string[], string | null][])(
    'tells of %s above everything else',
    async (code, details, link) => {
      const since = '2026-11-20T08:00:00.000Z';
      const { renderer, see } = show({ ...ready, notices: [{ code, details, since }] }, locale);
      await see(words[NOTICES[code]]);
      for (const detail of details) await see(detail);
      const alert = renderer.findByTestId(Alert, `notice-${code}`);
      expect(alert.maybeFind(Link)?.text ?? null).toBe(link);
      expect(alert.props.variant).toBe(code === 'reconnect' ? 'error' : 'warning');
    },
  );

  it('names a freeze and the fields that moved', async () => {
    const frozen = { by: 'drift', fields: ['touches_30d'] } as const;
    const { see } = show(
      { ...ready, model: { ...(ready.model as NonNullable<Page['model']>), frozen } },
      locale,
    );
    await see('touches_30d');
  });
});

it('loads again when told to', async () => {
  const { renderer, sent, see } = show(503);
  await see(en['error.title']);
  expect(renderer.find(ErrorState).props.type).toBe('error');
  renderer.findByTestId(Button, 'retry').trigger('onClick');
  await renderer.waitFor(() =>
    expect(sent.filter((s) => s.path === '/hubspot/settings')).toHaveLength(2),
  );
});

it('shows the completeness of every kind in words', async () => {
  const { renderer, see } = show(ready);
  await see('Last gap');
  const tags = renderer.findAll(StatusTag).map((tag) => tag.text);
  expect(tags).toEqual(
    expect.arrayContaining([en['complete.yes'], en['complete.no'], en['complete.unknown']]),
  );
});

describe('the form', () => {
  const save = async (
    page: Page,
    edit: (view: ReturnType<typeof show>) => void,
    answer: PageAnswer,
  ) => {
    const view = show(page, 'en', () => answer);
    await view.see(en.save);
    edit(view);
    view.renderer.find(Form).trigger('onSubmit');
    await view.renderer.waitFor(() => expect(view.sent.some((s) => s.method === 'PUT')).toBe(true));
    return { ...view, put: () => view.sent.find((s) => s.method === 'PUT') };
  };

  it('sends only what differs, in shares and whole parts', async () => {
    const { put, see, renderer } = await save(
      ready,
      ({ field, renderer }) => {
        field(en['form.holdout'])?.props.onChange?.(12.5);
        field(en['form.quiet.from'])?.props.onChange?.(21);
        field('Problem, urgent now')?.props.onChange?.(2);
        renderer
          .findAll(Toggle)
          .find((n) => n.props.name === 'writing')
          ?.props.onChange?.(true);
      },
      { ok: true, page: ready, count: null },
    );
    expect(put()).toEqual({
      method: 'PUT',
      path: '/hubspot/settings',
      body: {
        holdout: { share: 0.125 },
        reach: { quietHours: { fromHour: 21, toHour: 8 } },
        service: {
          due: [
            { type: 'problem', urgency: 'now', hours: 2 },
            { type: 'any', urgency: 'any', hours: null },
          ],
        },
        writes: { mode: 'write' },
      },
    });
    await see(en['done.save']);
    expect(renderer.findByTestId(Alert, 'said').props.variant).toBe('success');
  });

  it('sends who may see the cards, a name a line, and whether overdue cases become tasks', async () => {
    const { put } = await save(
      ready,
      ({ renderer }) => {
        renderer
          .findAll(TextArea)
          .find((n) => n.props.label === en['form.viewers'])
          ?.props.onChange?.(' Ben@Example.test\n\n42 ');
        renderer
          .findAll(Toggle)
          .find((n) => n.props.name === 'overdueTasks')
          ?.props.onChange?.(true);
      },
      { ok: true, page: ready, count: null },
    );
    expect(put()?.body).toEqual({
      cards: { viewers: ['ben@example.test', '42'] },
      service: { tasks: { overdue: true } },
    });
  });

  it('marks the fields that cannot be taken and keeps what was typed', async () => {
    const { see, field } = await save(
      ready,
      ({ field: at }) => at(en['form.touches'])?.props.onChange?.(99),
      {
        ok: false,
        reason: 'invalid',
        problems: [
          { path: 'reach.touchesPerWeek', code: 'too_big' },
          { path: 'reach.businessHours', code: 'hours_order' },
          { path: 'service.due.0.hours', code: 'odd' },
        ],
      },
    );
    await see(en['failed.save']);
    expect(field(en['form.touches'])?.props).toMatchObject({
      value: 99,
      error: true,
      validationMessage: en['problem.too_big'],
    });
    expect(field(en['form.business.to'])?.props.validationMessage).toBe(en['problem.hours_order']);
    expect(field('Problem, urgent now')?.props.validationMessage).toBe(en['problem.other']);
    expect(field(en['form.holdout'])?.props.error).toBe(false);
  });

  it('is locked for those who may not change it', async () => {
    const { renderer, sent, see, field } = show({ ...ready, mayChange: false });
    await see(en.save);
    expect(field(en['form.touches'])?.props.readOnly).toBe(true);
    expect(renderer.findByTestId(LoadingButton, 'save').props.disabled).toBe(true);
    renderer.find(Form).trigger('onSubmit');
    expect(sent.every((s) => s.method === 'GET')).toBe(true);
    expect(renderer.maybeFind(LoadingButton, { testId: 'approve' })).toBeNull();
  });
});

describe('the dry run', () => {
  it('lists record, property, value now and then, and more on demand', async () => {
    const { renderer, sent, see, text } = show(ready);
    await see('Zoe');
    expect(text()).toContain('1,234 records would be written');
    expect(text()).toMatch(/Best channel\s+email\s+phone/);
    expect(text()).toMatch(/Rapport status\s+empty\s+ready/);
    renderer.findByTestId(Button, 'more').trigger('onClick');
    await renderer.waitFor(() =>
      expect(sent.at(-1)?.path).toBe('/hubspot/settings/writes?before=90'),
    );
  });

  it('is approved and says how many are being written', async () => {
    const dryRun = { ...(ready.dryRun as NonNullable<Page['dryRun']>), writing: true, planned: 0 };
    const { renderer, sent, see } = show(ready, 'en', () => ({
      ok: true,
      page: { ...ready, dryRun },
      count: 1234,
    }));
    await see(en['writes.approve']);
    renderer.findByTestId(LoadingButton, 'approve').trigger('onClick');
    await see('1,234 records are being written.');
    expect(sent.find((s) => s.method === 'POST')?.path).toBe('/hubspot/settings/writes/approve');
    expect(renderer.findByTestId(LoadingButton, 'hold').text).toBe(en['writes.hold']);
  });

  it('undoes a run only after a second word, and tells when it did not work', async () => {
    const { renderer, sent, see } = show(ready);
    await see(en['runs.title']);
    renderer.findByTestId(Button, 'undo-7').trigger('onClick');
    await see('Undo the run of');
    expect(sent.every((s) => s.method === 'GET')).toBe(true);
    renderer.findByTestId(Button, 'undo-sure').trigger('onClick');
    await see(en['failed.act']);
    expect(sent.find((s) => s.method === 'POST')).toMatchObject({
      path: '/hubspot/settings/writes/undo',
      body: { run: 7 },
    });
  });
});
