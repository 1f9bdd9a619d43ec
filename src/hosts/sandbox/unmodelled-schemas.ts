/** JSON Schemas of the few bodies for which HubSpot's client brings no model type. */
import type { AnySchema } from 'ajv';
import { DEFAULT_KNOBS } from './settings.ts';

const text = { type: 'string' } as const;
const integer = { type: 'integer' } as const;
const texts = { type: 'array', items: text } as const;

const strictObject = (
  properties: Record<string, AnySchema>,
  optional: readonly string[] = [],
): AnySchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

const limit = { limit: integer, usage: integer, percentage: { type: 'number' } } as const;

const OBJECT_ACTIONS = ['CREATE', 'UPDATE', 'DELETE', 'MERGE', 'RESTORE'];
const journalSubscription = strictObject(
  {
    id: integer,
    appId: integer,
    subscriptionType: {
      enum: [
        'OBJECT',
        'ASSOCIATION',
        'EVENT',
        'APP_LIFECYCLE_EVENT',
        'LIST_MEMBERSHIP',
        'GDPR_PRIVACY_DELETION',
      ],
    },
    createdAt: text,
    updatedAt: text,
    portalId: integer,
    objectTypeId: text,
    eventTypeId: text,
    actions: texts,
    properties: texts,
    associatedObjectTypeIds: texts,
  },
  ['portalId', 'objectTypeId', 'eventTypeId', 'actions', 'properties', 'associatedObjectTypeIds'],
);

export const UNMODELLED_SCHEMAS: Readonly<Record<string, AnySchema>> = {
  'own.RateLimitError': strictObject({
    status: text,
    message: text,
    errorType: text,
    correlationId: text,
    policyName: text,
  }),
  'own.OAuthError': strictObject({
    error: text,
    error_description: text,
    status: text,
    message: text,
  }),
  'own.Token': strictObject({
    access_token: text,
    refresh_token: text,
    expires_in: integer,
    token_type: text,
    token_use: text,
    hub_id: integer,
    user_id: integer,
    scopes: texts,
  }),
  'own.TokenInfo': strictObject(
    {
      active: { type: 'boolean' },
      token_use: text,
      token_type: text,
      hub_id: integer,
      user_id: integer,
      user: text,
      app_id: integer,
      client_id: text,
      hub_domain: text,
      scopes: texts,
      expires_in: integer,
      is_private_distribution: { type: 'boolean' },
    },
    [
      'token_use',
      'token_type',
      'hub_id',
      'user_id',
      'user',
      'app_id',
      'client_id',
      'hub_domain',
      'scopes',
      'expires_in',
      'is_private_distribution',
    ],
  ),
  'own.AppToken': strictObject({ access_token: text, expires_in: integer, token_type: text }),
  'own.JournalPointer': strictObject({ url: text, expiresAt: text, currentOffset: text }),
  'own.JournalFile': strictObject({
    offset: text,
    publishedAt: text,
    journalEvents: {
      type: 'array',
      items: {
        type: 'object',
        properties: { type: text, portalId: integer, occurredAt: text, action: text },
        required: ['type', 'portalId', 'occurredAt', 'action'],
      },
    },
  }),
  'own.JournalSubscriptionUpsert': {
    oneOf: [
      strictObject({
        subscriptionType: { const: 'OBJECT' },
        portalId: integer,
        objectTypeId: text,
        actions: { type: 'array', items: { enum: OBJECT_ACTIONS }, minItems: 1 },
        properties: texts,
      }),
      strictObject({
        subscriptionType: { const: 'ASSOCIATION' },
        portalId: integer,
        objectTypeId: text,
        associatedObjectTypeIds: texts,
        actions: {
          type: 'array',
          items: { enum: ['ASSOCIATION_ADDED', 'ASSOCIATION_REMOVED'] },
          minItems: 1,
        },
      }),
      strictObject({
        subscriptionType: { const: 'GDPR_PRIVACY_DELETION' },
        portalId: integer,
        objectTypeId: text,
        actions: { const: ['GDPR_DELETE'] },
      }),
      strictObject({
        subscriptionType: { const: 'APP_LIFECYCLE_EVENT' },
        eventTypeId: { enum: ['4-1909196', '4-1916193'] },
        properties: texts,
      }),
    ],
  },
  'own.JournalSubscription': journalSubscription,
  'own.JournalSubscriptions': strictObject({
    results: { type: 'array', items: journalSubscription },
  }),
  'own.AccountDetails': strictObject({
    portalId: integer,
    accountType: { enum: ['STANDARD', 'DEVELOPER_TEST', 'SANDBOX', 'APP_DEVELOPER'] },
    timeZone: text,
    companyCurrency: text,
    additionalCurrencies: texts,
    utcOffset: text,
    utcOffsetMilliseconds: integer,
    uiDomain: text,
    dataHostingLocation: text,
  }),
  'own.PropertyLimits': strictObject({
    overallLimit: integer,
    overallUsage: integer,
    overallPercentage: { type: 'number' },
    byObjectType: {
      type: 'array',
      items: strictObject({ objectTypeId: text, singularLabel: text, pluralLabel: text, ...limit }),
    },
  }),
  'own.AssociationLabels': strictObject({
    results: {
      type: 'array',
      items: strictObject({
        category: text,
        typeId: integer,
        label: { type: ['string', 'null'] },
      }),
    },
  }),
  'own.App': strictObject({
    targetUrl: { type: ['string', 'null'] },
    redirectUrls: texts,
    scopes: texts,
    subscriptions: {
      type: 'array',
      items: strictObject({ subscriptionType: text, objectType: text, propertyName: text }, [
        'objectType',
        'propertyName',
      ]),
    },
  }),
  'own.Knobs': {
    type: 'object',
    propertyNames: { enum: Object.keys(DEFAULT_KNOBS) },
    additionalProperties: { type: 'number' },
  },
  'own.ActionRun': strictObject(
    {
      objectType: { enum: ['CONTACT', 'COMPANY', 'DEAL', 'TICKET'] },
      objectId: integer,
      inputFields: { type: 'object' },
      callbackId: text,
    },
    ['callbackId'],
  ),
  'own.OptionsFetch': strictObject({ q: text, after: text }, ['q', 'after']),
  'own.Restore': strictObject({ objectType: text, ids: texts }),
};
