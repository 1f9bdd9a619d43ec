/** The offline check of the HubSpot project: what it lets through, and what it refuses. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkBundles } from '../../../scripts/project/bundles.ts';
import { lintCards } from '../../../scripts/project/card-lint.ts';
import { checkDescriptors } from '../../../scripts/project/descriptors.ts';

const PROJECT = 'extensions/hubspot';
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(process.cwd(), 'dist/project-'));
  await cp(PROJECT, dir, { recursive: true, filter: (from) => !from.includes('node_modules') });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

interface Descriptor {
  uid: string;
  config: Record<string, unknown>;
}

async function change(file: string, edit: (descriptor: Descriptor) => void): Promise<string> {
  const where = join(dir, 'src/app', file);
  const descriptor = JSON.parse(await readFile(where, 'utf8')) as Descriptor;
  edit(descriptor);
  await writeFile(where, JSON.stringify(descriptor));
  return (await checkDescriptors(dir)).findings.join('\n');
}

describe('descriptors', () => {
  it('are taken as they are', async () => {
    const { findings, entrypoints } = await checkDescriptors(PROJECT);
    expect(findings).toEqual([]);
    expect(entrypoints).toContain('app/cards/RelationshipCard.tsx');
  });

  it('refuse a place that HubSpot has no cards in', async () => {
    const found = await change('cards/RelationshipCard-hsmeta.json', ({ config }) => {
      config['location'] = 'crm.record.top';
    });
    expect(found).toMatch(/RelationshipCard-hsmeta\.json[\s\S]*location/);
  });

  it('refuse a subscription that no webhook carries, and one without its property', async () => {
    const subscribe = (entry: object) => (descriptor: Descriptor) => {
      const subscriptions = descriptor.config['subscriptions'] as { crmObjects: object[] };
      subscriptions.crmObjects.push({ ...entry, active: true });
    };
    const propertyChange = { subscriptionType: 'object.propertyChange', objectType: 'email' };
    const file = 'webhooks/webhooks-hsmeta.json';
    expect(
      await change(file, subscribe({ ...propertyChange, propertyName: 'hs_email_html' })),
    ).not.toBe('');
    expect(await change(file, subscribe(propertyChange))).not.toBe('');
  });

  it('refuse an app that is on the marketplace without OAuth, and a scope that is no scope', async () => {
    const auth = (part: object) => (descriptor: Descriptor) => {
      Object.assign(descriptor.config['auth'] as object, part);
    };
    expect(await change('app-hsmeta.json', auth({ type: 'static' }))).toMatch(/auth/);
    expect(await change('app-hsmeta.json', auth({ requiredScopes: ['CRM read'] }))).toMatch(/auth/);
  });

  it('refuse two components of one uid', async () => {
    const other = await readFile(
      join(dir, 'src/app/workflow-actions/recommend-channel-hsmeta.json'),
      'utf8',
    );
    const found = await change('workflow-actions/score-contact-now-hsmeta.json', (descriptor) => {
      descriptor.uid = (JSON.parse(other) as Descriptor).uid;
    });
    expect(found).toMatch(/rapport_recommend_channel/);
  });

  it('refuse a second webhooks component, a misplaced one, and broken JSON', async () => {
    const webhooks = join(dir, 'src/app/webhooks');
    const text = await readFile(join(webhooks, 'webhooks-hsmeta.json'), 'utf8');
    await writeFile(
      join(webhooks, 'more-hsmeta.json'),
      text.replace('rapport_webhooks', 'rapport_webhooks_2'),
    );
    expect((await checkDescriptors(dir)).findings.join()).toMatch(/webhooks/i);
    await rm(join(webhooks, 'more-hsmeta.json'));

    await writeFile(join(dir, 'src/stray-hsmeta.json'), text);
    expect((await checkDescriptors(dir)).findings.join()).toMatch(/stray-hsmeta\.json/);
    await rm(join(dir, 'src/stray-hsmeta.json'));

    await writeFile(join(webhooks, 'webhooks-hsmeta.json'), `${text},`);
    expect((await checkDescriptors(dir)).findings.join()).toMatch(/webhooks-hsmeta\.json/);
  });

  it('refuse an action whose field has no label, and an entry point that is not there', async () => {
    const action = 'workflow-actions/recommend-channel-hsmeta.json';
    const unlabelled = await change(action, ({ config }) => {
      const labels = config['labels'] as { en: { outputFieldLabels: Record<string, string> } };
      delete labels.en.outputFieldLabels['channel'];
    });
    expect(unlabelled).toMatch(/no outputFieldLabels for channel/);
    const missing = await change('cards/RelationshipCard-hsmeta.json', ({ config }) => {
      config['entrypoint'] = '/app/cards/NoSuchCard.tsx';
    });
    expect(missing).toMatch(/app\/cards\/NoSuchCard\.tsx: named as an entry point, but missing/);
  });
});

describe('bundles', () => {
  const check = async (source: string) => {
    await writeFile(join(dir, 'src/app/cards/Broken.tsx'), source);
    const { findings } = await checkBundles(
      join(dir, 'src'),
      ['app/cards/Broken.tsx'],
      await mkdtemp(join(tmpdir(), 'bundle-')),
    );
    return findings.join('\n');
  };

  it('refuse one that is too large, and one that does not build', async () => {
    expect(await check(`console.log('${'x'.repeat(41 * 1024)}');`)).toMatch(/is the most/);
    expect(await check(`import { gone } from './gone.ts'; gone();`)).toMatch(/Broken\.tsx/);
  });
});

describe('card lint', () => {
  it('refuses what works in a browser but not in HubSpot’s worker', async () => {
    await writeFile(
      join(dir, 'src/app/cards/Broken.tsx'),
      'export const Broken = () => <div onClick={() => window.alert("x")}>no</div>;\n',
    );
    const found = await lintCards(join(dir, 'src'));
    expect(found.join('\n')).toMatch(/app\/cards\/Broken\.tsx:1/);
  });
});
