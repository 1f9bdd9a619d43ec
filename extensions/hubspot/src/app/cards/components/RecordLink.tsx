/** A link to a record of the CRM: records open beside the page, activities where they stand on the timeline. */
import { CrmActionLink } from '@hubspot/ui-extensions/crm';
import type { ReactNode } from 'react';
import type { CardSource } from '../generated/card-contract.ts';
import type { RecordRef } from '../lib/fetch-card.ts';

const RECORDS: Readonly<Record<string, string>> = {
  contact: '0-1',
  company: '0-2',
  deal: '0-3',
  ticket: '0-5',
};
const ACTIVITIES = ['call', 'email', 'meeting', 'note', 'communication'];

interface Props {
  readonly to: Pick<CardSource, 'kind' | 'id'>;
  /** The record the card stands on, whose timeline has the activity. */
  readonly here: RecordRef;
  readonly children: ReactNode;
}

export function RecordLink({ to, here, children }: Props) {
  const objectTypeId = RECORDS[to.kind];
  if (objectTypeId !== undefined)
    return (
      <CrmActionLink
        actionType="PREVIEW_OBJECT"
        actionContext={{ objectTypeId, objectId: Number(to.id) }}
      >
        {children}
      </CrmActionLink>
    );
  if (!ACTIVITIES.includes(to.kind)) return <>{children}</>;
  return (
    <CrmActionLink
      actionType="ENGAGEMENT_APP_LINK"
      actionContext={{ ...here, engagementId: to.id }}
    >
      {children}
    </CrmActionLink>
  );
}
