/**
 * JSON Schemas of the configs in our `*-hsmeta.json` files, by HubSpot's internal component type.
 * HubSpot serves its own only to accounts; these are ours, written from its documentation:
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/app-configuration
 */
import type { AnySchema } from 'ajv';

const object = (
  properties: Readonly<Record<string, AnySchema>>,
  optional: readonly string[] = [],
): Record<string, unknown> => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const list = (items: AnySchema, minItems = 0) => ({
  type: 'array',
  items,
  minItems,
  uniqueItems: true,
});

const HTTPS = { type: 'string', format: 'uri', pattern: '^https://' } as const;
const REDIRECT = { type: 'string', pattern: '^(https://|http://localhost(:\\d+)?(/|$))' } as const;
const SCOPE = { type: 'string', pattern: '^[a-z_]+([.-][a-z_]+)*$' } as const;
const BOOLEAN = { type: 'boolean' } as const;

const entrypoint = (folder: string) => ({
  type: 'string',
  pattern: `^/app/${folder}/[A-Za-z0-9]+\\.(tsx|jsx)$`,
});

const APPLICATION = object(
  {
    name: { ...text(200), pattern: '^\\S(.*\\S)?$' },
    description: text(8192),
    distribution: { enum: ['marketplace', 'private'] },
    auth: object({
      type: { enum: ['oauth', 'static'] },
      redirectUrls: list(REDIRECT, 1),
      requiredScopes: list(SCOPE, 1),
      conditionallyRequiredScopes: list(SCOPE),
      optionalScopes: list(SCOPE),
    }),
    permittedUrls: object({ fetch: list(HTTPS), iframe: list(HTTPS), img: list(HTTPS) }),
    logo: { type: 'string', pattern: '\\.(png|jpe?g|gif|bmp)$' },
    support: object(
      {
        supportEmail: { type: 'string', format: 'email' },
        documentationUrl: HTTPS,
        supportUrl: HTTPS,
        supportPhone: { type: 'string', pattern: '^\\+' },
      },
      ['supportPhone'],
    ),
  },
  ['logo'],
);
/** A marketplace app is an OAuth app. */
const MARKETPLACE_IS_OAUTH = {
  if: { properties: { distribution: { const: 'marketplace' } } },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  then: { properties: { auth: { properties: { type: { const: 'oauth' } } } } },
};

const CARD = object(
  {
    name: text(200),
    description: text(8192),
    previewImage: object({
      file: { type: 'string', pattern: '\\.(png|jpg|gif)$' },
      altText: text(200),
    }),
    entrypoint: entrypoint('cards'),
    location: { enum: ['crm.record.tab', 'crm.record.sidebar', 'crm.preview', 'helpdesk.sidebar'] },
    objectTypes: list({ type: 'string', minLength: 1 }, 1),
  },
  ['description', 'previewImage'],
);

/** No webhook carries these properties, so none may be asked for. */
const UNSUBSCRIBABLE = [
  'hs_email_html',
  'hs_email_subject',
  'hs_communication_body',
  'hs_lastmodifieddate',
  'num_unique_conversion_events',
];
const CHANGE = 'object.propertyChange';
const EVENTS = ['creation', 'deletion', 'merge', 'restore', 'associationChange'];
const objectType = { type: 'string', pattern: '^[a-z][a-z_]*$' } as const;

const WEBHOOKS = object({
  settings: object({
    targetUrl: HTTPS,
    maxConcurrentRequests: { type: 'integer', minimum: 6 },
  }),
  subscriptions: object({
    crmObjects: {
      ...list({
        oneOf: [
          object({
            subscriptionType: { const: CHANGE },
            objectType,
            propertyName: { type: 'string', minLength: 1, not: { enum: UNSUBSCRIBABLE } },
            active: BOOLEAN,
          }),
          object({
            subscriptionType: { enum: EVENTS.map((event) => `object.${event}`) },
            objectType,
            active: BOOLEAN,
          }),
        ],
      }),
      maxItems: 1000,
    },
    legacyCrmObjects: list(
      object({ subscriptionType: text(100), propertyName: text(100), active: BOOLEAN }, [
        'propertyName',
      ]),
    ),
    hubEvents: list(
      object({
        subscriptionType: { enum: ['contact.privacyDeletion', 'conversation.newMessage'] },
        active: BOOLEAN,
      }),
    ),
  }),
});

const OPTION = object({ value: text(200), label: text(200) });
const TYPES = ['string', 'number', 'bool', 'date', 'datetime', 'enumeration'];
const FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'select',
  'checkbox',
  'booleancheckbox',
  'radio',
  'date',
];
const FIELD_NAME = { type: 'string', pattern: '^[a-z][a-z0-9_]*$', maxLength: 100 } as const;
const LABELS = { type: 'object', additionalProperties: text(1000) } as const;
const ACTION_LABELS = object(
  {
    actionName: text(100),
    actionDescription: text(1000),
    actionCardContent: text(1000),
    inputFieldLabels: LABELS,
    inputFieldDescriptions: LABELS,
    outputFieldLabels: LABELS,
    executionRules: LABELS,
  },
  ['executionRules'],
);
/** The languages in which HubSpot shows an action; Chinese is not among them. */
const LABEL_LANGUAGES = ['en', 'fr', 'de', 'ja', 'es', 'pt-br', 'nl'];

const WORKFLOW_ACTION = object({
  actionUrl: HTTPS,
  isPublished: BOOLEAN,
  supportedClients: list(object({ client: { enum: ['WORKFLOWS', 'AGENTS'] } }), 1),
  inputFields: list(
    object({
      typeDefinition: object(
        {
          name: FIELD_NAME,
          type: { enum: TYPES },
          fieldType: { enum: FIELD_TYPES },
          options: list(OPTION, 1),
          optionsUrl: HTTPS,
        },
        ['options', 'optionsUrl'],
      ),
      supportedValueTypes: list({ enum: ['STATIC_VALUE', 'OBJECT_PROPERTY'] }, 1),
      isRequired: BOOLEAN,
    }),
  ),
  outputFields: list(
    object({
      typeDefinition: object(
        { name: FIELD_NAME, type: { enum: TYPES }, options: list(OPTION, 1) },
        ['options'],
      ),
    }),
  ),
  objectTypes: list({ enum: ['CONTACT', 'COMPANY', 'DEAL', 'TICKET'] }, 1),
  labels: {
    type: 'object',
    properties: Object.fromEntries(LABEL_LANGUAGES.map((name) => [name, ACTION_LABELS])),
    required: ['en'],
    additionalProperties: false,
  },
});

export const COMPONENT_SCHEMAS: Readonly<Record<string, AnySchema>> = {
  APPLICATION: { ...APPLICATION, ...MARKETPLACE_IS_OAUTH },
  CARD,
  SETTINGS: object({ entrypoint: entrypoint('settings') }),
  PAGE: object({ entrypoint: entrypoint('pages') }),
  WEBHOOKS,
  WORKFLOW_ACTION,
};
