/** manifest.json → every generated file; with --check only compares, and proves that what it names exists. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Manifest, manifestSchema, WRITTEN_KINDS } from '../src/core/manifest.ts';
import { DEFAULT_TOPICS } from '../src/core/topic.ts';
import { OBJECT_TYPES } from '../src/hosts/hubspot/object-types.ts';
import { subscriptions } from '../src/hosts/hubspot/subscriptions.ts';
import { fillTables } from './manifest-tables.ts';

const NOTICE = 'Generated from manifest.json by `npm run manifest`; do not edit.';
const APP = 'extensions/hubspot/src/app';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const kinds = (manifest: Manifest) =>
  Object.entries(manifest.objects).map(([kind, object]) => ({
    ...OBJECT_TYPES[kind as keyof typeof OBJECT_TYPES],
    kind,
    ...object,
  }));

function app(manifest: Manifest): string {
  const names = (scopes: Manifest['scopes']['required']) => scopes.map((s) => s.name);
  return json({
    uid: manifest.uid,
    type: 'app',
    config: {
      name: manifest.name,
      description: manifest.description,
      distribution: 'marketplace',
      auth: {
        type: 'oauth',
        redirectUrls: [`${manifest.publicOrigin}/oauth/hubspot/callback`],
        requiredScopes: names(manifest.scopes.required),
        conditionallyRequiredScopes: names(manifest.scopes.conditional),
        optionalScopes: names(manifest.scopes.optional),
      },
      permittedUrls: { fetch: [manifest.publicOrigin], iframe: [], img: [] },
      support: manifest.support,
    },
  });
}

function webhooks(manifest: Manifest): string {
  return json({
    uid: `${manifest.uid}_webhooks`,
    type: 'webhooks',
    config: {
      settings: {
        targetUrl: `${manifest.publicOrigin}${manifest.webhooks.path}`,
        maxConcurrentRequests: 10,
      },
      subscriptions: {
        crmObjects: subscriptions(manifest).map((s) => ({ ...s, active: true })),
        legacyCrmObjects: [],
        hubEvents: [{ subscriptionType: 'contact.privacyDeletion', active: true }],
      },
    },
  });
}

const card = (one: Manifest['cards'][number]): string =>
  json({
    uid: one.uid,
    type: 'card',
    config: {
      name: one.name,
      description: one.description,
      location: one.location,
      entrypoint: `/app/cards/${one.entrypoint}`,
      objectTypes: one.objectTypes,
    },
  });

const entry = (uid: string, type: 'settings' | 'page', entrypoint: string): string =>
  json({
    uid,
    type,
    config: { entrypoint: `/app/${type === 'page' ? 'pages' : type}/${entrypoint}` },
  });

const workflowAction = (
  manifest: Manifest,
  {
    name,
    label,
    description,
    card,
    objectTypes,
    inputs,
    outputs,
  }: Manifest['workflowActions'][number],
): string =>
  json({
    uid: `${manifest.uid}_${name.replaceAll('-', '_')}`,
    type: 'workflow-action',
    config: {
      actionUrl: `${manifest.publicOrigin}/actions/${name}`,
      isPublished: true,
      supportedClients: [{ client: 'WORKFLOWS' }],
      inputFields: inputs.map((i) => ({
        typeDefinition: {
          name: i.name,
          type: i.type,
          fieldType: i.fieldType,
          ...(i.list === undefined
            ? {}
            : { optionsUrl: `${manifest.publicOrigin}/actions/options/${i.list}` }),
        },
        supportedValueTypes: i.values,
        isRequired: i.required,
      })),
      outputFields: outputs.map((o) => ({
        typeDefinition: {
          name: o.name,
          type: o.type,
          ...(o.options === undefined
            ? {}
            : { options: o.options.map((value) => ({ value, label: value })) }),
        },
      })),
      objectTypes,
      labels: {
        en: {
          actionName: label,
          actionDescription: description,
          actionCardContent: card,
          inputFieldLabels: Object.fromEntries(inputs.map((i) => [i.name, i.label])),
          inputFieldDescriptions: Object.fromEntries(inputs.map((i) => [i.name, i.description])),
          outputFieldLabels: Object.fromEntries(outputs.map((o) => [o.name, o.label])),
        },
      },
    },
  });

const subscribed = (manifest: Manifest): string => `// ${NOTICE}
import type { RecordKind } from '../../src/core/record.ts';

export interface SubscribedObject {
  /** Name in subscription types, and the id in \`object.*\` events. */
  readonly event: string;
  readonly typeId: string;
}
export type SubscribedObjects = Readonly<Record<RecordKind, SubscribedObject>>;

export const subscribedObjects: SubscribedObjects = {
${kinds(manifest)
  .map(({ kind, event, typeId }) => `  ${kind}: { event: '${event}', typeId: '${typeId}' },`)
  .join('\n')}
};
`;

/** Label and options of each property, English and Chinese, for the sandbox's pages. */
function propertyLabels(manifest: Manifest): string {
  const topics = Object.fromEntries(DEFAULT_TOPICS.map(({ id, name }) => [id, [name.en, name.zh]]));
  const labels = WRITTEN_KINDS.flatMap((kind) => manifest.properties[kind]).map(
    ({ name, label, labelZh, options = {}, optionsZh = {}, optionsFrom }) => [
      name,
      {
        label: [label, labelZh],
        options: {
          ...(optionsFrom === 'topics' ? topics : {}),
          ...Object.fromEntries(Object.entries(options).map(([k, en]) => [k, [en, optionsZh[k]]])),
        },
      },
    ],
  );
  return `// ${NOTICE}
type Pair = readonly [en: string, zh: string];
interface Labels {
  readonly label: Pair;
  readonly options: Readonly<Record<string, Pair>>;
}

export const PROPERTY_LABELS: Readonly<Record<string, Labels>> = ${JSON.stringify(Object.fromEntries(labels), null, 2)};
`;
}

/** A bundle may import from its own folder only, so what several need is copied there. */
const COPIES = {
  'cards/generated/card-contract.ts': 'src/core/card.ts',
  'settings/generated/settings-contract.ts': 'src/core/settings-page.ts',
  'pages/generated/team-contract.ts': 'src/core/team-page.ts',
  'settings/generated/words.ts': 'extensions/hubspot/shared/words.ts',
  'pages/generated/words.ts': 'extensions/hubspot/shared/words.ts',
};

const copied = async ([file, source]: [string, string]): Promise<[string, string]> => [
  `${APP}/${file}`,
  `// Copied from ${source} by \`npm run manifest\`; do not edit.\n${await readFile(source, 'utf8')}`,
];

/** Written by people but for their tables. */
const DOCUMENTS = ['docs/marketplace/scopes.md', 'docs/marketplace/shared-data.md'];

async function generated(manifest: Manifest): Promise<Map<string, string>> {
  return new Map([
    [
      'extensions/hubspot/hsproject.json',
      json({ name: manifest.uid, srcDir: 'src', platformVersion: manifest.platformVersion }),
    ],
    [`${APP}/app-hsmeta.json`, app(manifest)],
    [`${APP}/webhooks/webhooks-hsmeta.json`, webhooks(manifest)],
    ...manifest.cards.map((one): [string, string] => [
      `${APP}/cards/${one.entrypoint.replace(/\.tsx$/, '')}-hsmeta.json`,
      card(one),
    ]),
    ...manifest.workflowActions.map((one): [string, string] => [
      `${APP}/workflow-actions/${one.name}-hsmeta.json`,
      workflowAction(manifest, one),
    ]),
    ...(await Promise.all(Object.entries(COPIES).map(copied))),
    ...['cards', 'settings', 'pages'].map((folder): [string, string] => [
      `${APP}/${folder}/generated/origin.ts`,
      `// ${NOTICE}\nexport const ORIGIN = '${manifest.publicOrigin}';\n`,
    ]),
    [
      `${APP}/settings/settings-hsmeta.json`,
      entry(`${manifest.uid}_settings`, 'settings', manifest.settings.entrypoint),
    ],
    [
      `${APP}/pages/pages-hsmeta.json`,
      entry(`${manifest.uid}_page`, 'page', manifest.page.entrypoint),
    ],
    ['webhooks/generated/subscriptions.ts', subscribed(manifest)],
    ['extensions/web/src/sandbox/generated/property-labels.ts', propertyLabels(manifest)],
    ...(await Promise.all(
      DOCUMENTS.map(
        async (file): Promise<[string, string]> => [
          file,
          fillTables(await readFile(file, 'utf8'), manifest),
        ],
      ),
    )),
  ]);
}

async function run(check: boolean): Promise<number> {
  const parsed = manifestSchema.safeParse(JSON.parse(await readFile('manifest.json', 'utf8')));
  if (!parsed.success) {
    console.error(
      `manifest.json: ${parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`,
    );
    return 1;
  }
  const manifest = parsed.data;
  const missing = [
    manifest.webhooks.handler,
    ...manifest.cards.map((c) => join(APP, 'cards', c.entrypoint)),
    join(APP, 'settings', manifest.settings.entrypoint),
    join(APP, 'pages', manifest.page.entrypoint),
    ...manifest.workflowActions.map((a) => a.handler),
  ].filter((file) => !existsSync(file));
  for (const file of missing) console.error(`manifest.json names ${file}, which does not exist.`);
  let stale = 0;
  for (const [file, content] of await generated(manifest)) {
    const held = existsSync(file) ? await readFile(file, 'utf8') : null;
    if (held === content) continue;
    stale += 1;
    if (check) console.error(`${file} is not what manifest.json says; run npm run manifest.`);
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
      console.log(`wrote ${file}`);
    }
  }
  if (check && stale === 0 && missing.length === 0)
    console.log('manifest: every generated file is fresh');
  return missing.length > 0 || (check && stale > 0) ? 1 : 0;
}

process.exitCode = await run(process.argv.includes('--check'));
